using System.Text.Json;
using System.Text.Json.Serialization;

namespace ToolService.Api.Completions;

/// <summary>A request for a chat completion, as OpenAI's clients send it. Members that are not here are ignored.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record CompletionRequest
{
    /// <summary>The whole conversation so far.</summary>
    public required IReadOnlyList<CompletionMessage> Messages { get; init; }

    /// <summary>A configured model's name, or its provider's if only one has that; left out, the default one.</summary>
    public string? Model { get; init; }

    /// <summary>Tools that the client runs itself; the service's own are there besides.</summary>
    public IReadOnlyList<CompletionTool>? Tools { get; init; }

    /// <summary><c>auto</c>, <c>none</c>, <c>required</c>, or the function to call first, the client's or the service's.</summary>
    public JsonElement? ToolChoice { get; init; }

    /// <summary>
    /// Not OpenAI's: name patterns of the service's tools that may be used, such as <c>get_*</c>; an empty list gives none, left out gives all.
    /// </summary>
    public IReadOnlyList<string>? ServiceTools { get; init; }

    /// <summary>Whether the model may ask for several calls at once.</summary>
    public bool? ParallelToolCalls { get; init; }

    /// <summary>How freely the model chooses its words, from 0 to 2.</summary>
    public float? Temperature { get; init; }

    /// <summary>How much of the likely words it chooses from, from 0 to 1.</summary>
    public float? TopP { get; init; }

    /// <summary>How much words that came often are avoided, from -2 to 2.</summary>
    public float? FrequencyPenalty { get; init; }

    /// <summary>How much words that came at all are avoided, from -2 to 2.</summary>
    public float? PresencePenalty { get; init; }

    /// <summary>A number with which the provider tries to answer the same again.</summary>
    public long? Seed { get; init; }

    /// <summary>A text before which an answer ends, or a list of up to four.</summary>
    public JsonElement? Stop { get; init; }

    /// <summary>The older name of <see cref="MaxCompletionTokens"/>, which goes before it.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>The longest answer of one model request, in tokens.</summary>
    public int? MaxCompletionTokens { get; init; }

    /// <summary>Text, any JSON object, or one that satisfies a schema.</summary>
    public CompletionFormat? ResponseFormat { get; init; }

    /// <summary>Whether the answer comes in chunks.</summary>
    public bool? Stream { get; init; }

    /// <summary>What the chunks tell besides.</summary>
    public CompletionStreaming? StreamOptions { get; init; }

    /// <summary>How many answers; only 1.</summary>
    public int? N { get; init; }

    /// <summary>Only <c>text</c>.</summary>
    public IReadOnlyList<string>? Modalities { get; init; }

    /// <summary>Only <c>false</c>.</summary>
    public bool? Logprobs { get; init; }

    /// <summary>Only 0.</summary>
    public int? TopLogprobs { get; init; }

    /// <summary>Only empty.</summary>
    public JsonElement? LogitBias { get; init; }

    /// <summary>Not accepted.</summary>
    public JsonElement? Audio { get; init; }

    /// <summary>Not accepted.</summary>
    public JsonElement? WebSearchOptions { get; init; }

    /// <summary>Not accepted: the form before <see cref="Tools"/>.</summary>
    public JsonElement? Functions { get; init; }

    /// <summary>Not accepted: the form before <see cref="ToolChoice"/>.</summary>
    public JsonElement? FunctionCall { get; init; }
}
