namespace ToolService.Core.Models.Wire;

/// <summary>Cancels a request that takes too long as a whole, or whose provider sends nothing for long after its answer has begun.</summary>
internal sealed class AnswerClock : IDisposable
{
    private readonly CancellationTokenSource _whole;
    private readonly CancellationTokenSource _idle;
    private readonly CancellationTokenSource _any;
    private readonly TimeSpan _maxIdle;
    private bool _hasBegun;

    /// <param name="timeout">How long the request may take.</param>
    /// <param name="maxIdle">How long its answer may pause.</param>
    /// <param name="time">Measures both.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public AnswerClock(TimeSpan timeout, TimeSpan maxIdle, TimeProvider time, CancellationToken cancellationToken)
    {
        _maxIdle = maxIdle;
        _whole = new CancellationTokenSource(timeout, time);
        _idle = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _any = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _whole.Token, _idle.Token);
    }

    /// <summary>Cancelled by the caller, or when the time is up.</summary>
    public CancellationToken Token => _any.Token;

    /// <summary>Whether the answer paused for too long.</summary>
    public bool IsIdle => _idle.IsCancellationRequested;

    /// <summary>The first piece of the answer has come: from now on pauses are short. Before it, models read and think for as long as they need.</summary>
    public void Begin() => _hasBegun = true;

    /// <summary>Bytes are waited for.</summary>
    public void Wait()
    {
        if (_hasBegun)
            _idle.CancelAfter(_maxIdle);
    }

    /// <summary>Some have come.</summary>
    public void EndWait()
    {
        if (_hasBegun)
            _idle.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _any.Dispose();
        _idle.Dispose();
        _whole.Dispose();
    }
}
