using ToolService.Core.Tools;

namespace ToolService.Core.Execution;

/// <summary>A call while its tool runs.</summary>
internal sealed class RunningCall(CallRecord call, CallContext? context, PausableTimeout timeout, CancellationToken stopped) : IRunningCall
{
    public string CallId => call.CallId;

    public string Owner => call.Owner;

    public string? SessionId => call.SessionId;

    public string? TurnId => call.TurnId;

    public void Report(ToolProgress progress)
    {
        if (!stopped.IsCancellationRequested)
            context?.Progress?.Invoke(call.CallId, progress);
    }

    public async Task<ElicitationAnswer> ElicitAsync(Elicitation request, CancellationToken cancellationToken)
    {
        if (context?.Elicit is not { } elicit)
            return new ElicitationAnswer(ElicitationAction.Cancel);

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopped);
        using (timeout.Pause())
            return await elicit(call, request, either.Token);
    }
}
