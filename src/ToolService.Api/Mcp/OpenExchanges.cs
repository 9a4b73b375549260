using System.Collections.Concurrent;
using ModelContextProtocol.Protocol;

namespace ToolService.Api.Mcp;

/// <summary>
/// The requests that are being handled in this process, to be found by what other requests of the same client say of them. It holds
/// nothing that outlives a request.
/// </summary>
internal sealed class OpenExchanges
{
    private readonly ConcurrentDictionary<(string Session, RequestId Id), Exchange> _handled = new();
    private readonly ConcurrentDictionary<RequestId, Exchange> _asking = new();

    public void Add(Exchange exchange)
    {
        if (exchange.SessionId is { } session)
            _handled[(session, exchange.Request.Id)] = exchange;
    }

    public void Remove(Exchange exchange)
    {
        if (exchange.SessionId is { } session)
            _handled.TryRemove(KeyValuePair.Create((session, exchange.Request.Id), exchange));
    }

    /// <summary>The request of a session that has this id, if its owner asks; null where it is not being handled here.</summary>
    public Exchange? Find(string session, RequestId id, string owner) =>
        _handled.TryGetValue((session, id), out var exchange) && exchange.Owner == owner ? exchange : null;

    /// <summary>An id for a question to the client; the answer to it finds the exchange.</summary>
    public RequestId NewId(Exchange exchange)
    {
        RequestId id = new(Guid.NewGuid().ToString("N"));
        _asking[id] = exchange;
        return id;
    }

    /// <summary>Takes the exchange that asked a question, if its owner answers; null where nobody here waits for this answer.</summary>
    public Exchange? Take(RequestId id, string owner) =>
        _asking.TryGetValue(id, out var exchange) && exchange.Owner == owner && _asking.TryRemove(id, out _) ? exchange : null;

    /// <summary>Waits no more for the answer to a question.</summary>
    public void Forget(RequestId id) => _asking.TryRemove(id, out _);
}
