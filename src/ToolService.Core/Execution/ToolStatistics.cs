namespace ToolService.Core.Execution;

/// <summary>What the history says of one tool.</summary>
/// <param name="ToolName">The tool's name.</param>
/// <param name="Calls">Calls that ended, whichever way, and those that run or wait.</param>
/// <param name="ByStatus">The same by status.</param>
/// <param name="FailureRate">The share of calls that ran to an end and did not succeed (failed, timed out, outcome unknown), 0 to 1.</param>
/// <param name="P50">Median execution time of the calls that ran.</param>
/// <param name="P95">95th percentile of the same.</param>
/// <param name="P99">99th percentile of the same.</param>
public sealed record ToolStatistics(
    string ToolName,
    long Calls,
    IReadOnlyDictionary<CallStatus, long> ByStatus,
    double FailureRate,
    TimeSpan P50,
    TimeSpan P95,
    TimeSpan P99);
