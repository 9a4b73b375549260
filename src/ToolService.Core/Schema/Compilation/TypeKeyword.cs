using System.Collections.Frozen;
using System.Text.Json;
using ToolService.Core.Schema.Evaluation;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Compilation;

/// <summary>Compiles <c>type</c>.</summary>
internal static class TypeKeyword
{
    private const string Integer = "integer";

    private static readonly FrozenDictionary<string, (ValueKinds Kinds, string Noun)> Types =
        new Dictionary<string, (ValueKinds, string)>(StringComparer.Ordinal)
        {
            ["object"] = (ValueKinds.Object, "an object"),
            ["array"] = (ValueKinds.Array, "an array"),
            ["string"] = (ValueKinds.String, "a string"),
            ["number"] = (ValueKinds.Number, "a number"),
            [Integer] = (ValueKinds.None, "an integer"),
            ["boolean"] = (ValueKinds.Boolean, "true or false"),
            ["null"] = (ValueKinds.Null, "null"),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<Evaluator> Compile(SchemaReader reader)
    {
        if (!reader.TryGet("type", out var value))
            yield break;

        var names = value.ValueKind == JsonValueKind.String ? [JsonText.Decode(value)] : reader.Names("type");
        if (names.Count == 0)
            throw reader.Malformed("type", "at least one type");
        if (names.Find(name => !Types.ContainsKey(name)) is { } unknown)
            throw Unknown(reader, unknown);

        var allowed = names.Aggregate(ValueKinds.None, (kinds, name) => kinds | Types[name].Kinds);
        var nouns = names.ConvertAll(name => Types[name].Noun);
        var text = nouns.Count == 1 ? nouns[0] : $"{string.Join(", ", nouns.SkipLast(1))} or {nouns[^1]}";
        yield return new TypeEvaluator(reader.Keyword("type"), allowed, names.Contains(Integer), text);
    }

    private static JsonSchemaException Unknown(SchemaReader reader, string name)
    {
        var hint = NearMiss.Find(name, Types.Keys) is { } near
            ? $"did you mean '{near}'?"
            : $"types are {string.Join(", ", Types.Keys.Order(StringComparer.Ordinal))}.";
        return new JsonSchemaException(reader.Keyword("type").Pointer, $"Unknown type '{JsonDisplay.Shorten(name)}'; {hint}");
    }
}
