using System.Text.Json;

namespace ToolService.Core.Execution.Repair;

/// <summary>The names of properties anywhere in a schema. A name that is declared somewhere is not taken for another one.</summary>
internal sealed class DeclaredNames
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly ILookup<string, string> _byFold;

    public DeclaredNames(JsonElement schema)
    {
        Collect(schema);
        _byFold = _names.ToLookup(Fold, StringComparer.Ordinal);
    }

    /// <summary>A name without what case and separators make of it.</summary>
    public static string Fold(string name) => string.Concat(name.Where(c => c is not ('_' or '-' or '.' or ' '))).ToLowerInvariant();

    public bool Contains(string name) => _names.Contains(name);

    /// <summary>Whether a declared name differs in case or separators only, or not at all.</summary>
    public bool ContainsLike(string name) => _byFold.Contains(Fold(name));

    /// <summary>The one declared name that differs in case or separators only; null where there is none, or not only one.</summary>
    public string? OnlyLike(string name) => _byFold[Fold(name)].Take(2).ToArray() is [var only] ? only : null;

    private void Collect(JsonElement schema)
    {
        if (schema.ValueKind is JsonValueKind.Array)
        {
            foreach (var item in schema.EnumerateArray())
                Collect(item);
        }
        else if (schema.ValueKind is JsonValueKind.Object)
        {
            foreach (var keyword in schema.EnumerateObject())
            {
                if (keyword is { Name: "properties", Value.ValueKind: JsonValueKind.Object })
                    _names.UnionWith(keyword.Value.EnumerateObject().Select(property => property.Name));
                else if (keyword is { Name: "required", Value.ValueKind: JsonValueKind.Array })
                    _names.UnionWith(keyword.Value.EnumerateArray().Where(IsText).Select(name => name.GetString()!));
                Collect(keyword.Value);
            }
        }
    }

    private static bool IsText(JsonElement value) => value.ValueKind is JsonValueKind.String;
}
