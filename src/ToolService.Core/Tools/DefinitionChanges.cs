using System.Text.Encodings.Web;
using System.Text.Json;

namespace ToolService.Core.Tools;

/// <summary>Tells a person in what two definitions of a tool differ, briefly whatever their size.</summary>
internal static class DefinitionChanges
{
    private const int MaxChanges = 20;
    private const int MaxValueCharacters = 500;
    private const int MaxPointerCharacters = 500;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The first differences, in the order of the older definition, then what is new.</summary>
    /// <param name="was">The definition that was shown.</param>
    /// <param name="current">The definition as it is; null where the tool is gone.</param>
    public static IReadOnlyList<DefinitionChange> Between(string was, string? current)
    {
        if (current is null)
            return [new DefinitionChange("", Show(JsonElement.Parse(was)), null)];

        List<DefinitionChange> changes = [];
        Compare(JsonElement.Parse(was), JsonElement.Parse(current), "", changes);
        return changes;
    }

    private static void Compare(JsonElement? was, JsonElement? current, string pointer, List<DefinitionChange> changes)
    {
        if (changes.Count == MaxChanges)
            return;

        if (was is { } left && current is { } right)
        {
            if (JsonElement.DeepEquals(left, right))
                return;
            if (left.ValueKind is JsonValueKind.Object && right.ValueKind is JsonValueKind.Object)
            {
                CompareMembers(left, right, pointer, changes);
                return;
            }

            if (AreListsOfSchemas(left, right))
            {
                for (var i = 0; i < left.GetArrayLength(); i++)
                    Compare(left[i], right[i], $"{pointer}/{i}", changes);
                return;
            }
        }

        changes.Add(new DefinitionChange(Cut(pointer, MaxPointerCharacters), Show(was), Show(current)));
    }

    private static void CompareMembers(JsonElement was, JsonElement current, string pointer, List<DefinitionChange> changes)
    {
        foreach (var member in was.EnumerateObject())
            Compare(member.Value, Member(current, member.Name), At(pointer, member.Name), changes);
        foreach (var member in current.EnumerateObject().Where(member => Member(was, member.Name) is null))
            Compare(null, member.Value, At(pointer, member.Name), changes);
    }

    /// <summary>Whether item by item says more than the lists as wholes: they could be long, and differ in a detail.</summary>
    private static bool AreListsOfSchemas(JsonElement left, JsonElement right) =>
        left.ValueKind is JsonValueKind.Array && right.ValueKind is JsonValueKind.Array
        && left.GetArrayLength() == right.GetArrayLength()
        && left.EnumerateArray().Any(item => item.ValueKind is JsonValueKind.Object);

    private static JsonElement? Member(JsonElement value, string name) => value.TryGetProperty(name, out var member) ? member : null;

    private static string At(string pointer, string name) =>
        $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    private static string? Show(JsonElement? value)
    {
        if (value is not { } shown)
            return null;

        var text = shown.GetRawText();
        if (text.Length <= MaxValueCharacters)
            return text;
        if (shown.ValueKind is JsonValueKind.String)
            text = shown.GetString()!;
        return JsonSerializer.Serialize(Cut(text, MaxValueCharacters), Readable);
    }

    private static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        return $"{text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)]}…";
    }
}
