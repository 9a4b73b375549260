using System.Diagnostics.CodeAnalysis;

namespace ToolService.Core.Schema.Normalization;

/// <summary>
/// Reads type expressions of programming languages: <c>List[int]</c>, <c>Map&lt;string, long&gt;</c>, <c>str | None</c>, <c>string[]</c>.
/// </summary>
internal sealed class TypeExpression
{
    private const string TypeOnly = "{\"type\":";

    private readonly string _text;
    private int _position;

    private TypeExpression(string text) => _text = text.Replace(" ", "", StringComparison.Ordinal);

    /// <summary>The schema that says the same, as JSON text; false where the expression is not understood.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out string? schema)
    {
        var expression = new TypeExpression(text);
        schema = expression.ReadUnion();
        return schema is not null && expression._position == expression._text.Length;
    }

    private string? ReadUnion()
    {
        List<string?> alternatives = [ReadOne()];
        while (Skip('|'))
            alternatives.Add(ReadOne());
        return AnyOf(alternatives);
    }

    private string? ReadOne()
    {
        var start = _position;
        while (_position < _text.Length && (char.IsAsciiLetterOrDigit(_text[_position]) || _text[_position] is '_' or '.'))
            _position++;
        var name = _text[start.._position].Split('.')[^1].ToLowerInvariant();
        var schema = Peek() is '<' || (Peek() is '[' && Peek(1) is not ']') ? Generic(name, ReadArguments()) : Plain(name);
        while (schema is not null && Skip('['))
            schema = Skip(']') ? Generic("list", [schema]) : null;
        return schema;
    }

    private List<string?> ReadArguments()
    {
        var closing = _text[_position++] == '<' ? '>' : ']';
        List<string?> arguments = [ReadUnion()];
        while (Skip(','))
            arguments.Add(Skip('.') && Skip('.') && Skip('.') ? "..." : ReadUnion());
        return Skip(closing) ? arguments : [null];
    }

    private static string? Plain(string name) => name.Length == 0 ? null : TypeNames.Find(name) switch
    {
        null => null,
        TypeNames.Any => "{}",
        var type => $$"""{"type":"{{type}}"}""",
    };

    private static string? Generic(string name, List<string?> arguments) => (name, arguments) switch
    {
        _ when arguments.Contains(null) => null,
        ("optional", [var one]) => AnyOf([one, Plain("null")]),
        ("union", _) => AnyOf(arguments),
        ("tuple", [var item, "..."]) => $$"""{"type":"array","items":{{item}}}""",
        _ when arguments.Contains("...") => null,
        ("tuple", _) => $$"""{"type":"array","prefixItems":[{{string.Join(',', arguments)}}],"items":false}""",
        (_, [var item]) when name is "sequence" or "iterable" || TypeNames.Find(name) == "array" =>
            $$"""{"type":"array","items":{{item}}}""",
        (_, [_, var value]) when name is "record" or "mapping" || TypeNames.Find(name) == "object" =>
            $$"""{"type":"object","additionalProperties":{{value}}}""",
        _ => null,
    };

    private static string? AnyOf(List<string?> alternatives)
    {
        if (alternatives.Contains(null))
            return null;
        if (alternatives is [var one])
            return one;
        return alternatives.TrueForAll(IsTypeOnly)
            ? $$"""{"type":[{{string.Join(',', alternatives.Select(schema => schema![TypeOnly.Length..^1]).Distinct())}}]}"""
            : $$"""{"anyOf":[{{string.Join(',', alternatives)}}]}""";
    }

    private static bool IsTypeOnly(string? schema) =>
        schema!.StartsWith(TypeOnly, StringComparison.Ordinal) && !schema.Contains(',', StringComparison.Ordinal);

    private char Peek(int ahead = 0) => _position + ahead < _text.Length ? _text[_position + ahead] : '\0';

    private bool Skip(char expected)
    {
        if (Peek() != expected)
            return false;
        _position++;
        return true;
    }
}
