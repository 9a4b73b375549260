using ToolService.Core.Tools;

namespace ToolService.Core.Execution;

/// <summary>A call while its tool runs.</summary>
internal sealed class RunningCall(
    CallRecord call, CallContext? context, Elicitations elicitations, PausableTimeout timeout, CancellationToken stopped) : IRunningCall
{
    private volatile bool _hasEnded;

    public string CallId => call.CallId;

    public string Owner => call.Owner;

    public string? SessionId => call.SessionId;

    public string? TurnId => call.TurnId;

    public void Report(ToolProgress progress)
    {
        // JSON, in which it is told, has no other numbers.
        if (!double.IsFinite(progress.Progress) || _hasEnded || stopped.IsCancellationRequested)
            return;

        var hasTotal = progress.Total is { } total && double.IsFinite(total);
        context?.Progress?.Invoke(call.CallId, hasTotal ? progress : progress with { Total = null });
    }

    public async Task<ElicitationAnswer> ElicitAsync(Elicitation request, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_hasEnded, this);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopped);
        using (timeout.Pause())
            return context?.Elicit is { } elicit
                ? await elicit(call, request, either.Token)
                : await elicitations.AskAsync(call, request, context?.Asked, either.Token);
    }

    /// <summary>The tool has come to its end, or was given up: what it still reports is nobody's.</summary>
    public void End() => _hasEnded = true;
}
