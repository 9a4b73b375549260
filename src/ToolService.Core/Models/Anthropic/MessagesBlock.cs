using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Models.Wire;

namespace ToolService.Core.Models.Anthropic;

/// <summary>A thought or a call, put together from its pieces.</summary>
/// <param name="Index">Its place in the message.</param>
/// <param name="Start">What is known at its start; in a whole answer all of it.</param>
internal sealed record MessagesBlock(long? Index, JsonElement Start)
{
    private readonly StringBuilder _pieces = new();
    private string? _signature;

    public bool IsCall => Start.Text("type") is "tool_use";

    /// <summary>Whether a block is one that is put together here. Those that the provider's own tools leave are not.</summary>
    public static bool IsKnown(JsonElement start) => start.Text("type") is "tool_use" or "thinking" or "redacted_thinking";

    public void Add(JsonElement delta)
    {
        switch (delta.Text("type"))
        {
            case "input_json_delta":
                _pieces.Append(delta.Text("partial_json"));
                break;
            case "thinking_delta":
                _pieces.Append(delta.Text("thinking"));
                break;
            case "signature_delta":
                _signature += delta.Text("signature");
                break;
        }
    }

    /// <summary>The call. Its id is replaced where it is missing or taken: a result belongs to exactly one call.</summary>
    public FunctionCallContent ToCall(HashSet<string> ids)
    {
        var id = Start.Text("id") is { Length: > 0 } own && ids.Add(own) ? own : Ids.NewCall();
        var input = Start.Member("input");
        var whole = input.ValueKind is JsonValueKind.Undefined ? null : JsonLayout.Remove(input.GetRawText());
        return ToolCallArguments.ToCall(id, Start.Text("name") ?? "", _pieces.Length > 0 ? _pieces.ToString() : whole);
    }

    /// <summary>The thought; null for an empty one. Marked with where it comes from if it can be sent back.</summary>
    public TextReasoningContent? ToReasoning(string origin)
    {
        var reasoning = Start.Text("type") is "redacted_thinking"
            ? RedactedReasoning.Of(Start.Text("data") ?? "")
            : new TextReasoningContent(Start.Text("thinking") + _pieces)
            {
                ProtectedData = Start.Text("signature") + _signature is { Length: > 0 } signature ? signature : null,
            };
        if (!string.IsNullOrEmpty(reasoning.ProtectedData))
            CarriedReasoning.Mark(reasoning, origin);
        else if (reasoning.Text.Length == 0)
            return null;
        return reasoning;
    }
}
