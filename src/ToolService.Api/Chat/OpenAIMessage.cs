using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;
using ToolService.Api.Hosting.Json;
using ToolService.Core.Conversations;

namespace ToolService.Api.Chat;

/// <summary>A message in the form of OpenAI's chat completions.</summary>
public sealed record OpenAIMessage
{
    /// <summary><c>system</c> or <c>developer</c> (first only), <c>user</c>, <c>assistant</c> or <c>tool</c>.</summary>
    public required string Role { get; init; }

    /// <summary>The text: a string, or a list of parts of the type <c>text</c>; null for an assistant that only asks for calls.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public JsonElement? Content { get; init; }

    /// <summary>The calls that an assistant asks for; their results follow, in the same order.</summary>
    public IReadOnlyList<OpenAIToolCall>? ToolCalls { get; init; }

    /// <summary>For a result, the id of its call.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>A system prompt as it is on the wire.</summary>
    public static OpenAIMessage System(string prompt) => new() { Role = ChatRole.System.Value, Content = Text(prompt) };

    /// <summary>The message as it is on the wire.</summary>
    public static OpenAIMessage Of(TranscriptMessage message) => new()
    {
        Role = message.Role.Value,
        Content = message.Text is { } text ? Text(text) : null,
        ToolCalls = message.Calls.Count > 0 ? [.. message.Calls.Select(OpenAIToolCall.Of)] : null,
        ToolCallId = message.CallId,
    };

    private static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text, WireJsonContext.Default.String);
}
