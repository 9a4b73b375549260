using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ToolService.Core.Conversations;

/// <summary>A turn at work in this process. It goes on whoever watches it.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer: there is nothing to dispose of, and watchers may outlive the turn.")]
public sealed class TurnRun
{
    private readonly Lock _gate = new();
    private readonly List<TurnEvent> _events = [];
    private readonly TaskCompletionSource<TurnReport> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _cancel = new();
    private TaskCompletionSource? _news;
    private bool _closed;
    private int _decisions;

    internal TurnRun(string id) => Id = id;

    /// <summary>A turn that nobody works on, as it was left.</summary>
    internal static TurnRun Left(TurnReport report)
    {
        var run = new TurnRun(report.Turn.Id);
        run.Publish(new TurnEvent.Started(report.Turn));
        run.Complete(report);
        return run;
    }

    /// <summary>The turn's id.</summary>
    public string Id { get; }

    /// <summary>Completes when the turn has ended, waits for a person, or was put aside because the service stops.</summary>
    public Task<TurnReport> Completion => _completion.Task;

    /// <summary>Cancelled when somebody asked the turn to stop.</summary>
    internal CancellationToken Cancelled => _cancel.Token;

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

    /// <summary>The turn's events from the first on, then those that follow, to the last. Any number may watch, each at its own pace.</summary>
    public async IAsyncEnumerable<TurnEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var next = 0; ; next++)
        {
            TurnEvent? turnEvent;
            while (!TryRead(next, out turnEvent, out var news))
                await news.WaitAsync(cancellationToken);

            yield return turnEvent;
            if (turnEvent is TurnEvent.Ended or TurnEvent.Lost)
                yield break;
        }
    }

    internal void Publish(TurnEvent turnEvent)
    {
        TaskCompletionSource? news;
        lock (_gate)
        {
            _events.Add(turnEvent);
            (news, _news) = (_news, null);
        }

        news?.SetResult();
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
        lock (_gate)
            _closed = true;
        Publish(new TurnEvent.Ended(report));
        _completion.SetResult(report);
    }

    internal void Fail(Exception exception)
    {
        lock (_gate)
            _closed = true;
        _completion.SetException(exception);
        _ = _completion.Task.Exception;
        Publish(new TurnEvent.Lost());
    }

    private bool TryRead(int index, [NotNullWhen(true)] out TurnEvent? turnEvent, [NotNullWhen(false)] out Task? news)
    {
        lock (_gate)
        {
            turnEvent = index < _events.Count ? _events[index] : null;
            news = turnEvent is null ? (_news ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task : null;
            return turnEvent is not null;
        }
    }
}
