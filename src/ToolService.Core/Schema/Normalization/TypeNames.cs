using System.Buffers;
using System.Collections.Frozen;

namespace ToolService.Core.Schema.Normalization;

/// <summary>What type names mean, whatever their case.</summary>
internal static class TypeNames
{
    /// <summary>Stands for no restriction.</summary>
    public const string Any = "any";

    private const int LongestName = 256;

    private static readonly SearchValues<char> Punctuation = SearchValues.Create("[]<>|(),");

    private static readonly FrozenDictionary<string, string> Meanings = Words(
        ("object", "object dict dictionary map hashmap hashtable"),
        ("array", "array list tuple set arraylist queue stack"),
        ("string", "string str char"),
        ("integer", "integer int long short byte bigint int32 int64"),
        ("number", "number float double decimal"),
        ("boolean", "boolean bool"),
        ("null", "null none nonetype"),
        (Any, Any));

    private static readonly FrozenDictionary<string, string> Instead = Words(
        ("""write {"type":"string","format":"date-time"}""", "datetime date-time timestamp"),
        ("""write {"type":"string","format":"date"}""", "date"),
        ("""write {"type":"string","format":"time"}""", "time"),
        ("""write {"type":"string","format":"duration"}""", "duration timedelta"),
        ("""write {"type":"string","format":"uuid"}""", "uuid guid"),
        ("""write {"type":"string","format":"uri"}""", "uri url"),
        ("""write {"type":"string","format":"email"}""", "email"),
        ("""write {"type":"string","contentEncoding":"base64"}""", "bytes bytearray binary"),
        ("""a call is JSON and carries no files: write {"type":"string","contentEncoding":"base64"}, or a URL's string""", "file"),
        ("""list the values: {"enum":["a","b"]}""", "enum literal"),
        (
            "name one of array, boolean, integer, null, number, object and string, or leave 'type' out where any value will do",
            "type_unspecified unspecified"));

    /// <summary>The type of JSON Schema that is meant, or <see cref="Any"/>; null for an unknown name.</summary>
    public static string? Find(string name) => name.Length == 0 ? Any : Meanings.GetValueOrDefault(name);

    /// <summary>What to write for a name that is understood but is no type; null for an unknown name.</summary>
    public static string? Advice(string name)
    {
        if (Instead.TryGetValue(name, out var advice))
            return advice;
        if (!name.AsSpan().ContainsAny(Punctuation))
            return null;
        return name.Length <= LongestName && TypeExpression.TryRead(name, out var schema)
            ? $"write {schema}"
            : "name one type, and describe its items with 'items', its members with 'properties', alternatives with 'anyOf'";
    }

    private static FrozenDictionary<string, string> Words(params ReadOnlySpan<(string Meaning, string Names)> lines)
    {
        var words = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (meaning, names) in lines)
        {
            foreach (var name in names.Split(' '))
                words.Add(name, meaning);
        }

        return words.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
