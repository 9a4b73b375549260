using System.Text.RegularExpressions;

namespace ToolService.Core.Execution.Repair;

/// <summary>A number, a boolean or null in text, as JSON writes it or, for the last two, as Python does.</summary>
/// <param name="Json">The same as JSON; a number keeps its text.</param>
/// <param name="IsPython">Whether it was Python's.</param>
internal readonly partial record struct Literal(string Json, bool IsPython)
{
    private static readonly Literal[] Words =
        [new("true", false), new("false", false), new("null", false), new("true", true), new("false", true), new("null", true)];

    /// <summary>The JSON Schema type, for which every integer is a number.</summary>
    public string Type => Json switch
    {
        "true" or "false" => "boolean",
        "null" => "null",
        _ => "number",
    };

    /// <summary>The literal that the text is, from its first character to its last.</summary>
    public static Literal? TryRead(string text)
    {
        var word = Array.IndexOf(["true", "false", "null", "True", "False", "None"], text);
        if (word >= 0)
            return Words[word];
        return Number().IsMatch(text) ? new Literal(text, false) : null;
    }

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
