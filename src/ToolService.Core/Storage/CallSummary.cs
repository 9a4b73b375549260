using Microsoft.EntityFrameworkCore;
using ToolService.Core.Execution;
using ToolService.Core.Storage.Rows;

namespace ToolService.Core.Storage;

/// <summary>
/// Statistics per tool: counted by the database, percentiles by reading every duration once, in constant memory per tool.
/// </summary>
internal sealed class CallSummary
{
    private readonly Dictionary<CallStatus, long> _byStatus = [];
    private readonly LatencyHistogram _durations = new();

    public static async Task<IReadOnlyList<ToolStatistics>> ReadAsync(IQueryable<CallRow> calls, CancellationToken cancellationToken)
    {
        var tools = new SortedDictionary<string, CallSummary>(StringComparer.Ordinal);
        var counts = calls.GroupBy(call => new { call.ToolName, call.Status })
            .Select(group => new { group.Key.ToolName, group.Key.Status, Count = group.LongCount() });
        await foreach (var count in counts.AsAsyncEnumerable().WithCancellation(cancellationToken))
            Of(tools, count.ToolName)._byStatus[SnakeCaseNames<CallStatus>.Parse(count.Status)] = count.Count;

        var durations = calls.Where(call => call.Status == "succeeded" || call.Status == "failed" || call.Status == "timed_out")
            .Select(call => new { call.ToolName, call.ExecutionTime });
        await foreach (var duration in durations.AsAsyncEnumerable().WithCancellation(cancellationToken))
            Of(tools, duration.ToolName)._durations.Add(duration.ExecutionTime);

        return [.. tools.Select(tool => tool.Value.ToStatistics(tool.Key))];
    }

    private static CallSummary Of(SortedDictionary<string, CallSummary> tools, string name)
    {
        if (!tools.TryGetValue(name, out var summary))
            tools.Add(name, summary = new CallSummary());
        return summary;
    }

    private ToolStatistics ToStatistics(string tool)
    {
        var failures = Count(CallStatus.Failed) + Count(CallStatus.TimedOut) + Count(CallStatus.OutcomeUnknown);
        var ran = Count(CallStatus.Succeeded) + failures;
        return new ToolStatistics(
            tool,
            _byStatus.Values.Sum(),
            _byStatus,
            ran == 0 ? 0 : (double)failures / ran,
            _durations.Percentile(0.50),
            _durations.Percentile(0.95),
            _durations.Percentile(0.99));
    }

    private long Count(CallStatus status) => _byStatus.GetValueOrDefault(status);
}
