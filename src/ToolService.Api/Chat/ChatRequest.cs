using System.Text.Json;

namespace ToolService.Api.Chat;

/// <summary>A user's message.</summary>
public sealed record ChatRequest
{
    /// <summary>What the user says.</summary>
    public required string Message { get; init; }

    /// <summary>Pictures and text files that come with the message.</summary>
    public IReadOnlyList<AttachmentView>? Attachments { get; init; }

    /// <summary>The session to go on with; left out, a new one begins.</summary>
    public string? SessionId { get; init; }

    /// <summary>The session's system prompt from now on.</summary>
    public string? SystemPrompt { get; init; }

    /// <summary>The configured model; left out, the session's or the default.</summary>
    public string? Model { get; init; }

    /// <summary>Name patterns of the tools this turn may use, such as <c>get_*</c>. They narrow what the service allows and never widen it; an empty list gives none.</summary>
    public IReadOnlyList<string>? Tools { get; init; }

    /// <summary>How many model requests the turn may make; at most what the service is configured for.</summary>
    public int? MaxRounds { get; init; }

    /// <summary><c>auto</c>, <c>none</c>, <c>required</c>, or the name of the tool that the model must call first.</summary>
    public string? ToolChoice { get; init; }

    /// <summary>Whether the model may ask for several calls at once; left out, as the provider does.</summary>
    public bool? ParallelToolCalls { get; init; }

    /// <summary>How freely the model chooses its words, from 0 to 2; left out, as the provider does.</summary>
    public float? Temperature { get; init; }

    /// <summary>The longest answer of one model request, in tokens.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>A JSON Schema: the answer is then a JSON value that satisfies it, and stands in <c>output</c> too.</summary>
    public JsonElement? ResponseSchema { get; init; }

    /// <summary>
    /// Whether the model is told what you asked and were answered before: in the session's last turn, or without <see cref="SessionId"/> in
    /// your last one anywhere.
    /// </summary>
    public bool ContinuePrevious { get; init; }

    /// <summary>Whether the model makes a plan first; left out, as the service is configured.</summary>
    public bool? Plan { get; init; }

    /// <summary>Whether the model works over its answer before you get it; left out, as the service is configured.</summary>
    public bool? Refine { get; init; }

    /// <summary>
    /// Where the answer is sent as well, with POST and signed, when the turn ends or waits for a person. Needs <c>Chat:Callbacks:Secret</c>.
    /// </summary>
    public string? CallbackUrl { get; init; }

    /// <summary>
    /// Whether to answer at once and run the turn when there is room: with 202 and where the turn is found. <c>Prefer: respond-async</c> says
    /// the same. Not together with <see cref="Stream"/>.
    /// </summary>
    public bool Background { get; init; }

    /// <summary>Whether to answer with a stream of events. <c>Accept: text/event-stream</c> says the same.</summary>
    public bool Stream { get; init; }
}
