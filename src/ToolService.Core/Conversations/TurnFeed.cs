namespace ToolService.Core.Conversations;

/// <summary>The newest durable events of one turn, for those who watch it, and whether somebody is at work on it.</summary>
internal sealed class TurnFeed
{
    private const int MostEvents = 128;
    private const int MostCharacters = 256 * 1024;

    private readonly Lock _gate = new();
    private readonly LinkedList<TurnEventRecord> _tail = [];
    private TaskCompletionSource? _news;
    private int _characters;
    private int _workers;
    private bool _isLost;

    /// <summary>Somebody begins to work on the turn.</summary>
    public void Begin() => Change(() => (_workers, _isLost) = (_workers + 1, false));

    /// <summary>Nobody works on it any longer.</summary>
    /// <param name="isLost">Whether the store failed, so that how the turn stands is not known.</param>
    public void Leave(bool isLost) => Change(() => (_workers, _isLost) = (_workers - 1, isLost));

    /// <summary>Shows events that are durable. Only the newest are held: who is slower reads the store.</summary>
    public void Publish(IReadOnlyList<TurnEventRecord> events)
    {
        if (events.Count > 0)
            Change(() => Add(events));
    }

    /// <summary>What there is after a sequence, as far as it is held here.</summary>
    public FeedReading Read(int after)
    {
        lock (_gate)
        {
            _news ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            // Held from the first one on that the reader has not seen, or the reader has seen the last one.
            var isHeld = _tail is { First.Value.Sequence: var first } && after >= first - 1;
            IReadOnlyList<TurnEventRecord> events = isHeld ? [.. _tail.SkipWhile(held => held.Sequence <= after)] : [];
            return new FeedReading(events, isHeld, _workers > 0, _isLost, _news.Task);
        }
    }

    private void Add(IReadOnlyList<TurnEventRecord> events)
    {
        // What was written without the writer's knowing is only in the store.
        if (_tail.Last is { Value.Sequence: var last } && events[0].Sequence != last + 1)
        {
            _tail.Clear();
            _characters = 0;
        }

        foreach (var added in events)
        {
            _tail.AddLast(added);
            _characters += added.Data.Length;
        }

        while (_tail.Count > 1 && (_tail.Count > MostEvents || _characters > MostCharacters))
        {
            _characters -= _tail.First!.Value.Data.Length;
            _tail.RemoveFirst();
        }
    }

    private void Change(Action change)
    {
        TaskCompletionSource? news;
        lock (_gate)
        {
            change();
            (news, _news) = (_news, null);
        }

        news?.SetResult();
    }
}
