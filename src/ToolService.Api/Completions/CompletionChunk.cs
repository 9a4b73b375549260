using System.Text.Json.Serialization;

namespace ToolService.Api.Completions;

/// <summary>A piece of a streamed chat completion.</summary>
public sealed record CompletionChunk
{
    /// <summary><c>chatcmpl-</c> and the turn's id.</summary>
    public required string Id { get; init; }

    /// <summary><c>chat.completion.chunk</c>.</summary>
    public string Object { get; init; } = "chat.completion.chunk";

    /// <summary>When the stream began, in seconds since 1970.</summary>
    public required long Created { get; init; }

    /// <summary>The model that is asked, by its name at the provider.</summary>
    public required string Model { get; init; }

    /// <summary>The one answer; empty in the chunk that tells the tokens.</summary>
    public required IReadOnlyList<CompletionChunkChoice> Choices { get; init; }

    /// <summary>Tokens of the turn, in the last chunk where they were asked for.</summary>
    public CompletionUsage? Usage { get; init; }

    /// <summary>Not OpenAI's: what the service has of it, in the chunk with the finish reason.</summary>
    public CompletionTurn? Toolservice { get; init; }

    /// <summary>A piece of the answer.</summary>
    /// <param name="Index">0.</param>
    /// <param name="Delta">What is added.</param>
    /// <param name="Logprobs">Null.</param>
    /// <param name="FinishReason">Null until the last piece.</param>
    public sealed record CompletionChunkChoice(
        int Index,
        CompletionDelta Delta,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] object? Logprobs,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? FinishReason);

    /// <summary>What is added to the answer.</summary>
    /// <param name="Role"><c>assistant</c>, in the first piece.</param>
    /// <param name="Content">Text.</param>
    /// <param name="ToolCalls">Whole calls.</param>
    public sealed record CompletionDelta(string? Role = null, string? Content = null, IReadOnlyList<CompletionCall>? ToolCalls = null);
}
