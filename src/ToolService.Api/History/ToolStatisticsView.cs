using ToolService.Api.Hosting.Json;
using ToolService.Core;
using ToolService.Core.Execution;

namespace ToolService.Api.History;

/// <summary>What the history says of one tool.</summary>
/// <param name="ToolName">The tool.</param>
/// <param name="Calls">How many calls.</param>
/// <param name="ByStatus">The same by status.</param>
/// <param name="FailureRate">The share of the calls that ran and did not succeed, 0 to 1.</param>
/// <param name="P50Ms">Median execution time of the calls that ran, in milliseconds.</param>
/// <param name="P95Ms">The 95th percentile.</param>
/// <param name="P99Ms">The 99th percentile.</param>
public sealed record ToolStatisticsView(
    string ToolName, long Calls, IReadOnlyDictionary<string, long> ByStatus, double FailureRate, double P50Ms, double P95Ms, double P99Ms)
{
    /// <summary>The statistics as they are on the wire.</summary>
    public static ToolStatisticsView Of(ToolStatistics tool) => new(
        tool.ToolName,
        tool.Calls,
        tool.ByStatus.ToDictionary(pair => SnakeCaseNames<CallStatus>.Of(pair.Key), pair => pair.Value),
        Math.Round(tool.FailureRate, 4),
        WireTime.Milliseconds(tool.P50),
        WireTime.Milliseconds(tool.P95),
        WireTime.Milliseconds(tool.P99));
}
