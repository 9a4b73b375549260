using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Models.Wire;

namespace ToolService.Core.Models.OpenAIResponses;

/// <summary>One item of an answer, as far as it has come.</summary>
internal sealed class ResponseItem
{
    /// <summary>The type of a call.</summary>
    public const string Call = "function_call";

    /// <summary>The type of a message.</summary>
    public const string Message = "message";

    private readonly StringBuilder _pieces = new();
    private string? _arguments;
    private string? _encrypted;
    private JsonElement _reasoning;
    private string? _phase;

    /// <summary>Its place in the answer; null where the provider does not number them.</summary>
    public long? Index { get; init; }

    public string? Id { get; private set; }

    public string? Type { get; set; }

    public string? CallId { get; private set; }

    public string? Name { get; private set; }

    /// <summary>The arguments as they ended, or the pieces so far.</summary>
    public string Arguments => _arguments ?? _pieces.ToString();

    /// <summary>All of its words, where it came whole.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Whether its words were given already, as they came.</summary>
    public bool HasSpoken { get; private set; }

    /// <summary>Whether it came to its end.</summary>
    public bool IsWhole { get; private set; }

    public bool IsCall => Type is Call;

    public bool IsMessage => Type is Message;

    /// <summary>Whether something of it is kept in the history, besides what the model thought.</summary>
    public bool IsKept => IsCall || (IsMessage && (HasSpoken || Text.Length > 0));

    public bool IsReasoning => Type is "reasoning";

    /// <summary>Takes what the provider says of the item; later it says more.</summary>
    public void Take(JsonElement item, bool isWhole)
    {
        IsWhole |= isWhole;
        Id = item.Text("id") ?? Id;
        CallId = item.Text("call_id") ?? CallId;
        Name = item.Text("name") ?? Name;
        Type = item.Text("type") ?? Type;
        _phase = item.Text("phase") ?? _phase;
        Finish(item.Text("arguments"));
        if (IsMessage)
            Text = Words(item.Items("content"));
        if (IsReasoning)
            TakeReasoning(item);
    }

    /// <summary>A piece of the arguments.</summary>
    public void Append(string? arguments) => _pieces.Append(arguments);

    /// <summary>All of the arguments.</summary>
    public void Finish(string? arguments) => _arguments = string.IsNullOrEmpty(arguments) ? _arguments : arguments;

    /// <summary>Some of its words, or all.</summary>
    /// <param name="text">The words.</param>
    /// <param name="origin">Where they come from.</param>
    public TextContent Say(string text, string origin)
    {
        var content = new TextContent(text);
        if (_phase is not null && !HasSpoken)
            MessagePhase.Mark(content, _phase, origin);
        HasSpoken = true;
        return content;
    }

    /// <summary>What the model thought; null where that is nothing.</summary>
    /// <param name="origin">Where it comes from.</param>
    /// <param name="isFollowed">Whether the item that it led to is in the history too, without which it cannot be sent back.</param>
    public TextReasoningContent? Reasoning(string origin, bool isFollowed) =>
        isFollowed && _encrypted is { Length: > 0 } ? ReasoningItem.ToContent(Text, _encrypted, _reasoning, origin)
        : Text.Length > 0 ? new TextReasoningContent(Text)
        : null;

    private void TakeReasoning(JsonElement item)
    {
        // At its beginning an item has another text there than at its end.
        _encrypted = IsWhole ? item.Text("encrypted_content") : null;
        _reasoning = ReasoningItem.Kept(item);
        Text = Words(item.Items("summary")) is { Length: > 0 } summary ? summary : Words(item.Items("content"));
    }

    private static string Words(JsonElement.ArrayEnumerator parts) => string.Concat(parts.Select(part => part.Text("text") ?? part.Text("refusal")));
}
