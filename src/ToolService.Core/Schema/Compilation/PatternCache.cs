using ToolService.Core.Schema.Evaluation;
using ToolService.Core.Schema.Patterns;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Compilation;

/// <summary>Compiles each regular expression of a schema once, and only so many.</summary>
internal sealed class PatternCache
{
    private readonly Dictionary<string, SchemaPattern> _patterns = new(StringComparer.Ordinal);
    private int _characters;

    /// <exception cref="JsonSchemaException">It is malformed, or there are too many.</exception>
    public SchemaPattern Get(Keyword keyword, string source)
    {
        if (_patterns.TryGetValue(source, out var pattern))
            return pattern;
        if (_patterns.Count >= SchemaLimits.MaxPatterns)
            throw new JsonSchemaException(keyword.Pointer, $"The schema has more than {SchemaLimits.MaxPatterns} regular expressions.");
        _characters += source.Length;
        if (_characters > SchemaLimits.MaxPatternCharacters)
            throw new JsonSchemaException(
                keyword.Pointer, $"The regular expressions of the schema have more than {SchemaLimits.MaxPatternCharacters} characters.");
        try
        {
            return _patterns[source] = SchemaPattern.Compile(source);
        }
        catch (PatternSyntaxException e)
        {
            var shown = JsonDisplay.Shorten(source);
            throw new JsonSchemaException(
                keyword.Pointer, $"'{keyword.Name}' \"{shown}\" is not a usable regular expression: {e.Message}.");
        }
    }
}
