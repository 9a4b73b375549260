namespace ToolService.Core.Tools.Commands;

/// <summary>An argument of a command as a tool.</summary>
public sealed class CommandParameterOptions
{
    /// <summary>
    /// <c>string</c>, <c>integer</c>, <c>number</c>, <c>boolean</c>, or a list of one of these: <c>string[]</c>. Default <c>string</c>.
    /// </summary>
    public string Type { get; set; } = "string";

    /// <summary>What it is, for the model. Default nothing.</summary>
    public string Description { get; set; } = "";

    /// <summary>Whether it must be given. Default false.</summary>
    public bool Required { get; set; }

    /// <summary>A regular expression that the text, or each of a list's, must match as a whole. Default none.</summary>
    public string? Pattern { get; set; }

    /// <summary>The only texts that may be given. Default any.</summary>
    public List<string> Enum { get; set; } = [];
}
