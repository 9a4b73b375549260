using System.Collections.Concurrent;

namespace ToolService.Core.Execution;

/// <summary>The calls at work in this process. A call id is not started while it is: whoever asks for it meanwhile gets the same result.</summary>
internal sealed class InFlightCalls
{
    private readonly ConcurrentDictionary<(string Owner, string CallId), (ToolCall Call, Task<ToolResult> Result)> _calls = new();

    /// <summary>Starts the call, or joins the one that is at work under its id.</summary>
    /// <returns>The call that is at work, this one or the one that was first, and its result.</returns>
    public (ToolCall Call, Task<ToolResult> Result) Join(ToolCall call, string owner, Func<Task<ToolResult>> run)
    {
        var mine = new TaskCompletionSource<ToolResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var entry = _calls.GetOrAdd((owner, call.Id), (call, mine.Task));
        return entry.Result == mine.Task ? (call, RunAsync((owner, call.Id), mine, run)) : entry;
    }

    /// <summary>Waits until nothing is at work under the call's id, then runs it.</summary>
    public async Task<ToolResult> RunAloneAsync(ToolCall call, string owner, Func<Task<ToolResult>> run)
    {
        while (true)
        {
            var (first, result) = Join(call, owner, run);
            if (ReferenceEquals(first, call))
                return await result;

            await ((Task)result).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<ToolResult> RunAsync((string Owner, string CallId) key, TaskCompletionSource<ToolResult> mine, Func<Task<ToolResult>> run)
    {
        try
        {
            var result = await run();
            _calls.TryRemove(key, out _);
            mine.SetResult(result);
            return result;
        }
        catch (Exception e)
        {
            _calls.TryRemove(key, out _);
            mine.SetException(e);
            _ = mine.Task.Exception;
            throw;
        }
    }
}
