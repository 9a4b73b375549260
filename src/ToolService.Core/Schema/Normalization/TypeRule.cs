using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Normalization;

/// <summary>Type names in any case, and those of programming languages.</summary>
internal static class TypeRule
{
    private const string Keyword = "type";

    public static void Apply(ObjectEdit schema)
    {
        if (!schema.TryGet(Keyword, out var type))
            return;
        if (type.ValueKind == JsonValueKind.String)
            ApplyToName(schema, JsonText.Decode(type));
        else if (type.ValueKind == JsonValueKind.Array && type.EnumerateArray().All(IsName))
            ApplyToList(schema, [.. type.EnumerateArray().Select(NameOf)], type);
    }

    // YAML's unquoted null is no string.
    private static bool IsName(JsonElement item) => item.ValueKind is JsonValueKind.String or JsonValueKind.Null;

    private static string NameOf(JsonElement item) => item.ValueKind == JsonValueKind.Null ? "null" : JsonText.Decode(item);

    private static void ApplyToName(ObjectEdit schema, string name)
    {
        if (Read(schema, name) is not { } meaning)
            return;
        if (meaning == TypeNames.Any)
            schema.Remove(Keyword, $"{Show(name)} is taken as no 'type': any value is accepted.");
        else
            schema.Set(Keyword, ObjectEdit.Parse($"\"{meaning}\""), $"{Show(name)} is taken as \"{meaning}\".");
    }

    private static void ApplyToList(ObjectEdit schema, List<string> names, JsonElement written)
    {
        var hasNull = written.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Null);
        List<string?> read = names.ConvertAll(name => Read(schema, name));
        if (!hasNull && read.TrueForAll(meaning => meaning is null))
            return;

        List<string> meanings = [.. names.Zip(read, (name, meaning) => meaning ?? name).Distinct(StringComparer.Ordinal)];
        if (meanings.Contains(TypeNames.Any))
            schema.Remove(Keyword, $"{JsonDisplay.Show(written)} is taken as no 'type': any value is accepted.");
        else
            Set(schema, ObjectEdit.List(meanings.Select(meaning => JsonElement.Parse(JsonSerializer.Serialize(meaning)))), written);
    }

    private static void Set(ObjectEdit schema, JsonElement types, JsonElement written) =>
        schema.Set(Keyword, types, $"{JsonDisplay.Show(written)} is taken as {JsonDisplay.Show(types)}.");

    /// <summary>What the name means where it is no type's name as it is; null for what <see cref="JsonSchema.Compile"/> judges.</summary>
    private static string? Read(ObjectEdit schema, string name)
    {
        if (TypeNames.Find(name) is { } meaning)
            return meaning == name && meaning != TypeNames.Any ? null : meaning;
        return TypeNames.Advice(name) is { } advice
            ? throw schema.Refuse(Keyword, $"{Show(name)} is no type of JSON Schema; {advice}.")
            : null;
    }

    private static string Show(string name) => $"\"{JsonDisplay.Shorten(name)}\"";
}
