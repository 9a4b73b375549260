namespace ToolService.Durability.Scenarios;

/// <summary>What clients were answered.</summary>
internal sealed class Ledger
{
    private readonly Lock _gate = new();
    private readonly List<Ack> _acks = [];
    private readonly HashSet<string> _deleting = [];

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

    /// <summary>A client asks for the session to be deleted: what was answered of it need not hold any longer.</summary>
    public void Deleting(string session)
    {
        lock (_gate)
            _deleting.Add(session);
    }
}
