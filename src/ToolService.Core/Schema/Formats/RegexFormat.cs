using ToolService.Core.Schema.Patterns;

namespace ToolService.Core.Schema.Formats;

/// <summary>ECMA-262 expressions with the <c>u</c> flag, as short as <c>pattern</c> may have them.</summary>
internal static class RegexFormat
{
    public static bool IsRegex(ReadOnlySpan<char> text)
    {
        if (text.Length > SchemaLimits.MaxPatternLength)
            return false;
        try
        {
            PatternParser.Parse(text.ToString(), lenient: false);
            return true;
        }
        catch (PatternSyntaxException)
        {
            return false;
        }
    }
}
