namespace ToolService.Api.Chat;

/// <summary>The forms in which messages are given.</summary>
internal enum MessageFormat
{
    /// <summary>The service's own, page by page.</summary>
    Native,

    /// <summary>That of OpenAI's chat completions, whole.</summary>
    Openai,
}
