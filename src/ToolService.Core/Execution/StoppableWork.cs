namespace ToolService.Core.Execution;

/// <summary>A call or a turn at work. A stop of the service cancels it, and is not done before it is disposed.</summary>
internal sealed class StoppableWork(EmergencyStop stop, WorkKind kind, CancellationToken token) : IDisposable
{
    private int _left;

    /// <summary>Cancelled when the operator stops the service. What is let in before a stop and begins after it sees this.</summary>
    public CancellationToken Token => token;

    /// <summary>Whether the operator has stopped the service since the work was let in.</summary>
    public bool IsStopped => token.IsCancellationRequested;

    /// <summary>Counts the work as one that the stop has ended.</summary>
    public void NoteStopped() => stop.NoteStopped(kind);

    /// <summary>Counts a tool that did not react to its cancellation.</summary>
    public void NoteUnresponsive() => stop.NoteUnresponsive();

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0)
            stop.Leave(kind);
    }
}
