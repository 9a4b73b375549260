using System.Net;
using System.Text.Json;

namespace ToolService.Durability.Scenarios;

/// <summary>What the events of one stream have told a client, put into its ledger.</summary>
internal sealed class StreamAccount(Ledger ledger)
{
    private readonly List<StreamEvent> _events = [];

    /// <summary>The turn; null where not even its beginning was received.</summary>
    public string? TurnId { get; private set; }

    public string? Session { get; private set; }

    /// <summary>What was received, in order.</summary>
    public IReadOnlyList<StreamEvent> Events => _events;

    public void Note(StreamEvent received)
    {
        _events.Add(received);
        switch (received.Type)
        {
            case "turn_started":
                Session = received.Json.GetProperty("session_id").GetString();
                TurnId = received.Json.GetProperty("turn_id").GetString();
                ledger.Add(Ack.Exists($"turn {TurnId}", $"/v1/chat/turns/{TurnId}") with { Session = Session });
                break;
            case "tool_calls":
                ledger.Add(Asked(received.Json.GetProperty("calls")));
                break;
            case "tool_result":
                ledger.Add(Ack.Call(received.Json.GetProperty("result")));
                break;
        }
    }

    /// <summary>The model's message that asks for the calls is in the session.</summary>
    private Ack Asked(JsonElement calls)
    {
        string[] ids = [.. calls.EnumerateArray().Select(call => call.GetProperty("call_id").GetString()!)];
        return new Ack(
            $"round with {string.Join(", ", ids)}",
            $"/v1/chat/sessions/{Session}/messages?limit=1000",
            (status, stored) => status is HttpStatusCode.OK && ids.All(stored.GetRawText().Contains) ? null : $"{(int)status} {stored}")
        {
            Session = Session,
        };
    }
}
