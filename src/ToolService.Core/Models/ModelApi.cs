namespace ToolService.Core.Models;

/// <summary>The wire format that a model endpoint speaks.</summary>
public enum ModelApi
{
    /// <summary>The built-in demo model: offline, picks tools by keywords.</summary>
    Demo,

    /// <summary>OpenAI chat completions, and every server compatible with it.</summary>
    OpenAIChat,

    /// <summary>OpenAI responses, and every server compatible with them.</summary>
    OpenAIResponses,

    /// <summary>Anthropic's Messages API, and every server compatible with it.</summary>
    Anthropic,
}
