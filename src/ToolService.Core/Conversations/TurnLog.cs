using System.Text;
using Microsoft.Extensions.Logging;

namespace ToolService.Core.Conversations;

/// <summary>
/// Writes the events of a turn at work: with the turn's next save, or a moment later where none comes. Watchers see what is durable, so nobody
/// ever saw what a crash takes back. Text that comes in the meantime becomes one event.
/// </summary>
internal sealed class TurnLog : IAsyncDisposable
{
    // Long enough that a fast model's pieces become a few rows a second, short enough that nobody sees it.
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly string _turnId;
    private readonly ITurnEventStore _store;
    private readonly ITurnEventFormat _format;
    private readonly TurnFeed _feed;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly HashSet<(string Type, string Subject)> _subjects;
    private readonly List<TurnEvent> _pending = [];
    private readonly StringBuilder _text = new();
    private readonly List<TurnEventRecord> _sealed = [];
    private int _last;
    private int _lastFirm;
    private bool _isUnsure;
    private TimeSpan _wait = Linger;
    private bool _isArmed;
    private bool _isClosed;

    public TurnLog(string turnId, TurnLogEnd end, ITurnEventStore store, ITurnEventFormat format, TurnFeed feed, TimeProvider time, ILogger logger)
    {
        (_turnId, _store, _format, _feed, _logger) = (turnId, store, format, feed, logger);
        (_last, _lastFirm, _subjects) = (end.Last, end.LastFirm, [.. end.Subjects]);
        _timer = time.CreateTimer(_ => _ = FlushAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether the turn has no event yet.</summary>
    public bool IsEmpty => _last == 0;

    /// <summary>Hands over an event. One about a call that has such an event already is left out.</summary>
    public void Publish(TurnEvent turnEvent)
    {
        lock (_gate)
        {
            if (turnEvent.Subject is { } subject && !_subjects.Add((turnEvent.Type, subject)))
                return;

            if (turnEvent is TurnEvent.Content content)
            {
                _text.Append(content.Text);
            }
            else
            {
                EndText();
                _pending.Add(turnEvent);
            }

            Arm();
        }
    }

    /// <summary>Writes what was handed over, together with what <paramref name="write"/> writes; false when that wrote nothing.</summary>
    /// <param name="write">Writes the events it is given, all or none.</param>
    /// <param name="last">An event that is there only if this write succeeds.</param>
    public async Task<bool> WriteAsync(Func<IReadOnlyList<TurnEventRecord>, Task<bool>> write, TurnEvent? last = null)
    {
        await _writing.WaitAsync();
        try
        {
            if (_isUnsure)
                await FindEndAsync();
            Seal();
            IReadOnlyList<TurnEventRecord> records = last is null ? [.. _sealed] : [.. _sealed, RecordOf(last, _last + 1)];
            _isUnsure = last is not null;
            var isWritten = await write(records);
            _isUnsure = false;
            if (!isWritten)
                return false;

            _sealed.Clear();
            if (last is not null)
                _lastFirm = ++_last;
            _feed.Publish(records);
            return true;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Nothing more is written when this has completed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writing.WaitAsync();
        lock (_gate)
            _isClosed = true;
        _writing.Release();
        await _timer.DisposeAsync();
    }

    /// <summary>Finds out whether an event is there although its write failed: then its place is taken, with all before it.</summary>
    private async Task FindEndAsync()
    {
        var end = await _store.FindEndAsync(_turnId, CancellationToken.None);
        if (end.Last > _last)
        {
            (_last, _lastFirm) = (end.Last, end.LastFirm);
            _sealed.Clear();
        }

        _isUnsure = false;
    }

    private async Task FlushAsync()
    {
        try
        {
            lock (_gate)
                _isArmed = false;
            await WriteAsync(AppendAsync);
            lock (_gate)
                _wait = Linger;
        }
        catch (Exception e)
        {
            // They stay first in line: the turn's next save tries again, and fails the turn if it cannot be written either.
            _logger.EventsNotWritten(e, _turnId);
            lock (_gate)
            {
                // Also where something new has armed it in the meantime: a store that is down is not asked forty times a second.
                (_wait, _isArmed) = (Patience, false);
                Arm();
            }
        }
    }

    private async Task<bool> AppendAsync(IReadOnlyList<TurnEventRecord> records)
    {
        if (records.Count > 0 && !_isClosed)
            await _store.AppendAsync(_turnId, records);
        return true;
    }

    private void Arm()
    {
        if (_isArmed || _isClosed)
            return;

        _isArmed = true;
        _timer.Change(_wait, Timeout.InfiniteTimeSpan);
    }

    private void EndText()
    {
        if (_text.Length == 0)
            return;

        _pending.Add(new TurnEvent.Content(_text.ToString()));
        _text.Clear();
    }

    /// <summary>Gives what was handed over its place in the log. What has one keeps it, also when it could not be written.</summary>
    private void Seal()
    {
        List<TurnEvent> pending;
        lock (_gate)
        {
            EndText();
            pending = [.. _pending];
            _pending.Clear();
        }

        foreach (var turnEvent in pending)
        {
            _sealed.Add(RecordOf(turnEvent, _last + 1));
            _last++;
            if (turnEvent is not TurnEvent.Content)
                _lastFirm = _last;
        }
    }

    private TurnEventRecord RecordOf(TurnEvent turnEvent, int sequence)
    {
        if (turnEvent is TurnEvent.Notice notice && _last > _lastFirm)
            turnEvent = notice with { VoidAfter = _lastFirm };
        return new TurnEventRecord(sequence, turnEvent.Type, _format.Format(turnEvent), turnEvent.Subject);
    }
}
