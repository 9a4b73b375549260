namespace ToolService.Durability.Scenarios;

/// <summary>What clients were answered.</summary>
internal sealed class Ledger
{
    private readonly Lock _gate = new();
    private readonly List<Ack> _acks = [];
    private readonly List<StreamAccount> _streams = [];
    private readonly HashSet<string> _deleting = [];

    /// <summary>What was streamed, stream by stream, of turns that are not to be deleted.</summary>
    public IReadOnlyList<StreamAccount> Streams
    {
        get
        {
            lock (_gate)
                return [.. _streams.Where(stream => stream.TurnId is not null && !_deleting.Contains(stream.Session!))];
        }
    }

    /// <summary>What must still hold.</summary>
    public IReadOnlyList<Ack> Acks
    {
        get
        {
            lock (_gate)
                return [.. _acks.Where(ack => ack.Session is null || !_deleting.Contains(ack.Session))];
        }
    }

    public void Add(Ack ack)
    {
        lock (_gate)
            _acks.Add(ack);
    }

    public void Add(StreamAccount stream)
    {
        lock (_gate)
            _streams.Add(stream);
    }

    /// <summary>A client asks for the session to be deleted: what was answered of it need not hold any longer.</summary>
    public void Deleting(string session)
    {
        lock (_gate)
            _deleting.Add(session);
    }
}
