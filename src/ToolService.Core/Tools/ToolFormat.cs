namespace ToolService.Core.Tools;

/// <summary>Whose way of describing a tool. The wire names are the members' in snake_case, which is why they are spelled so.</summary>
public enum ToolFormat
{
    /// <summary>This service's own listing: everything there is to know.</summary>
    Native,

    /// <summary>OpenAI's chat completions, and whatever is compatible with it.</summary>
    Openai,

    /// <summary>OpenAI's Responses, in the strict form where the schema has one.</summary>
    OpenaiResponses,

    /// <summary>Anthropic's messages.</summary>
    Anthropic,

    /// <summary>The Model Context Protocol.</summary>
    Mcp,
}
