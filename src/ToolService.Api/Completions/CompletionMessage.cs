using System.Text.Json;
using System.Text.Json.Serialization;

namespace ToolService.Api.Completions;

/// <summary>A message of a conversation.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record CompletionMessage
{
    /// <summary><c>system</c>, <c>developer</c>, <c>user</c>, <c>assistant</c> or <c>tool</c>.</summary>
    public required string Role { get; init; }

    /// <summary>The text: a string, a list of parts of text, or nothing.</summary>
    public JsonElement? Content { get; init; }

    /// <summary>An assistant's refusal to answer, which counts as its text where there is none.</summary>
    public string? Refusal { get; init; }

    /// <summary>The calls that an assistant asks for.</summary>
    public IReadOnlyList<CompletionCall>? ToolCalls { get; init; }

    /// <summary>For a result, the id of its call.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>Not accepted: the form before <see cref="ToolCalls"/>.</summary>
    public JsonElement? FunctionCall { get; init; }
}
