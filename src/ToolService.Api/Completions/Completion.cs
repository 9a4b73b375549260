using System.Text.Json.Serialization;

namespace ToolService.Api.Completions;

/// <summary>A chat completion.</summary>
public sealed record Completion
{
    /// <summary><c>chatcmpl-</c> and the turn's id.</summary>
    public required string Id { get; init; }

    /// <summary><c>chat.completion</c>.</summary>
    public string Object { get; init; } = "chat.completion";

    /// <summary>When the turn began, in seconds since 1970.</summary>
    public required long Created { get; init; }

    /// <summary>The model that was asked, by its name at the provider.</summary>
    public required string Model { get; init; }

    /// <summary>The one answer.</summary>
    public required IReadOnlyList<CompletionChoice> Choices { get; init; }

    /// <summary>Tokens of the turn.</summary>
    public required CompletionUsage Usage { get; init; }

    /// <summary>Not OpenAI's: what the service has of it.</summary>
    public required CompletionTurn Toolservice { get; init; }

    /// <summary>An answer.</summary>
    /// <param name="Index">0.</param>
    /// <param name="Message">What the assistant says or asks for.</param>
    /// <param name="Logprobs">Null.</param>
    /// <param name="FinishReason"><c>stop</c>, <c>tool_calls</c>, <c>length</c> or <c>content_filter</c>.</param>
    public sealed record CompletionChoice(
        int Index,
        CompletionAnswerMessage Message,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] object? Logprobs,
        string FinishReason);

    /// <summary>What the assistant says or asks for.</summary>
    /// <param name="Role"><c>assistant</c>.</param>
    /// <param name="Content">The text; null where there are only calls.</param>
    /// <param name="Refusal">Null.</param>
    /// <param name="ToolCalls">The calls that the client is to run.</param>
    public sealed record CompletionAnswerMessage(
        string Role,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Content,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Refusal,
        IReadOnlyList<CompletionCall>? ToolCalls);
}
