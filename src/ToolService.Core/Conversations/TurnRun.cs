using System.Diagnostics.CodeAnalysis;
using ToolService.Core.Execution;

namespace ToolService.Core.Conversations;

/// <summary>A turn at work in this process. It goes on whoever watches it.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer, and the feed is let go when the run ends.")]
public sealed class TurnRun
{
    private readonly Lock _gate = new();
    private readonly TurnFeeds.Lease? _lease;
    private readonly StoppableWork? _work;
    private readonly TaskCompletionSource<TurnReport> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _cancel = new();
    private bool _closed;
    private int _decisions;

    internal TurnRun(string id, TurnFeeds.Lease? lease = null, StoppableWork? work = null)
    {
        (Id, _lease, _work) = (id, lease, work);
        _lease?.Feed.Begin();
    }

    /// <summary>A turn that nobody works on, as it was left.</summary>
    internal static TurnRun Left(TurnReport report)
    {
        var run = new TurnRun(report.Turn.Id);
        run.Complete(report);
        return run;
    }

    /// <summary>The turn's id.</summary>
    public string Id { get; }

    /// <summary>Completes when the turn has ended, waits for a person, or was put aside because the service stops.</summary>
    public Task<TurnReport> Completion => _completion.Task;

    /// <summary>Where its watchers look.</summary>
    internal TurnFeed Feed => _lease!.Feed;

    /// <summary>Cancelled when somebody asked the turn to stop.</summary>
    internal CancellationToken Cancelled => _cancel.Token;

    /// <summary>Cancelled when the operator stopped the service.</summary>
    internal CancellationToken Stopped => _work?.Token ?? CancellationToken.None;

    /// <summary>How many confirmations of this turn were decided while it was at work.</summary>
    internal int Decisions => Volatile.Read(ref _decisions);

    /// <summary>Whether the loop has let go of the turn.</summary>
    internal bool IsClosed
    {
        get
        {
            lock (_gate)
                return _closed;
        }
    }

    internal void Cancel() => _cancel.Cancel();

    /// <summary>Notes a decision; false when the run has closed and a new one must go on with the turn.</summary>
    internal bool TryNoteDecision()
    {
        lock (_gate)
        {
            if (!_closed)
                _decisions++;
            return !_closed;
        }
    }

    /// <summary>Closes the run, unless a decision came that it has not seen.</summary>
    internal bool TryClose(int seenDecisions)
    {
        lock (_gate)
            return _closed = _decisions == seenDecisions;
    }

    internal void Complete(TurnReport report)
    {
        if (report.Turn.Reason is TurnEnd.StoppedByOperator && Stopped.IsCancellationRequested)
            _work?.NoteStopped();
        Close(isLost: false);
        _completion.SetResult(report);
    }

    internal void Fail(Exception exception)
    {
        Close(isLost: true);
        _completion.SetException(exception);
        _ = _completion.Task.Exception;
    }

    private void Close(bool isLost)
    {
        lock (_gate)
            _closed = true;
        _lease?.Feed.Leave(isLost);
        _lease?.Dispose();
        _work?.Dispose();
    }
}
