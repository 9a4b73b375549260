namespace ToolService.Api.Chat;

/// <summary>A session to begin, with the history that it has from elsewhere.</summary>
public sealed record CreateSessionRequest
{
    /// <summary>The history, in the form of OpenAI's chat completions; left out, there is none.</summary>
    public IReadOnlyList<OpenAIMessage>? Messages { get; init; }

    /// <summary>The session's system prompt, instead of a message of the role <c>system</c>; empty for none.</summary>
    public string? SystemPrompt { get; init; }

    /// <summary>The configured model; left out, the default.</summary>
    public string? Model { get; init; }
}
