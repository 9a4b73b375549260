using System.Net;
using System.Text.Json;

namespace ToolService.Durability.Scenarios;

/// <summary>What the events of one stream have told a client, put into its ledger.</summary>
internal sealed class StreamAccount(Ledger ledger)
{
    private string? _session;

    /// <summary>The last event so far.</summary>
    public StreamEvent? Last { get; private set; }

    public void Note(StreamEvent received)
    {
        Last = received;
        switch (received.Type)
        {
            case "turn_started":
                _session = received.Json.GetProperty("session_id").GetString();
                var id = received.Json.GetProperty("turn_id").GetString();
                ledger.Add(Ack.Exists($"turn {id}", $"/v1/chat/turns/{id}") with { Session = _session });
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
            $"/v1/chat/sessions/{_session}/messages?limit=1000",
            (status, stored) => status is HttpStatusCode.OK && ids.All(stored.GetRawText().Contains) ? null : $"{(int)status} {stored}")
        {
            Session = _session,
        };
    }
}
