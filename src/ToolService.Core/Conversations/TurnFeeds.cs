using System.Runtime.CompilerServices;

namespace ToolService.Core.Conversations;

/// <summary>
/// Lets any number of watchers follow turns, each at its own pace: from the log in the store, then live. A watcher never slows a turn.
/// </summary>
public sealed class TurnFeeds
{
    private const int Page = 200;
    private readonly ITurnEventStore _events;
    private readonly IConversationStore _turns;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _feeds = new(StringComparer.Ordinal);

    internal TurnFeeds(ITurnEventStore events, IConversationStore turns) => (_events, _turns) = (events, turns);

    /// <summary>The turn's events after a sequence: those of the log, then those that follow.</summary>
    /// <param name="turnId">The turn.</param>
    /// <param name="after">The last sequence that was seen; 0 for none.</param>
    /// <param name="untilEnded">
    /// Whether to stay until the turn has ended, also while nobody is at work on it; otherwise only until it is left, which it also is when it
    /// waits for a person.
    /// </param>
    /// <param name="cancellationToken">Ends the watch at once.</param>
    /// <param name="letGo">Ends the watch when there is nothing more to show, whether or not more will follow.</param>
    /// <exception cref="TurnLostException">The store failed while the turn was at work.</exception>
    public async IAsyncEnumerable<TurnEventRecord> WatchAsync(
        string turnId, int after, bool untilEnded,
        [EnumeratorCancellation] CancellationToken cancellationToken = default, CancellationToken letGo = default)
    {
        using var lease = Open(turnId);
        using var wake = CancellationTokenSource.CreateLinkedTokenSource(letGo, cancellationToken);
        while (true)
        {
            // Asked before the feed is read: what was published before it was let go is still shown.
            var isLetGo = letGo.IsCancellationRequested;
            var reading = lease.Feed.Read(after);
            // Looked up before the store is read: the last events are written together with the end.
            var isLeft = !reading.IsAtWork && (!untilEnded || await HasEndedAsync(turnId, cancellationToken));
            var events = reading.IsHeld ? reading.Events : await _events.ListAsync(turnId, after, Page, cancellationToken);
            foreach (var turnEvent in events)
            {
                yield return turnEvent;
                after = turnEvent.Sequence;
            }

            if (events.Count > 0)
                continue;
            if (reading.IsLost)
                throw new TurnLostException(turnId);
            if (isLeft || isLetGo)
                yield break;
            await reading.News.WaitAsync(wake.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The turn's feed, which is there as long as somebody holds it.</summary>
    internal Lease Open(string turnId)
    {
        lock (_gate)
        {
            if (!_feeds.TryGetValue(turnId, out var entry))
                _feeds.Add(turnId, entry = new Entry());
            entry.Holders++;
            return new Lease(this, turnId, entry.Feed);
        }
    }

    private async Task<bool> HasEndedAsync(string turnId, CancellationToken cancellationToken) =>
        await _turns.FindTurnAsync(turnId, null, cancellationToken) is null or { HasEnded: true };

    private void Close(string turnId)
    {
        lock (_gate)
        {
            if (--_feeds[turnId].Holders == 0)
                _feeds.Remove(turnId);
        }
    }

    /// <summary>A hold on a turn's feed.</summary>
    internal sealed class Lease(TurnFeeds feeds, string turnId, TurnFeed feed) : IDisposable
    {
        private int _disposed;

        public TurnFeed Feed => feed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
                feeds.Close(turnId);
        }
    }

    private sealed class Entry
    {
        public TurnFeed Feed { get; } = new();

        public int Holders { get; set; }
    }
}
