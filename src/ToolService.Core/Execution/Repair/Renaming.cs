using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ToolService.Core.Schema;

namespace ToolService.Core.Execution.Repair;

/// <summary>Gives members the names of required properties from which their own differ in case or separators only.</summary>
internal static class Renaming
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The object with every such member renamed; null where there is none.</summary>
    /// <param name="value">The object.</param>
    /// <param name="pointer">Where it stands.</param>
    /// <param name="definition">The schema that it violates.</param>
    /// <param name="errors">Its violations.</param>
    /// <param name="declared">The names that are not taken for others.</param>
    public static RepairChange? Of(
        JsonElement value, string pointer, JsonElement definition, IEnumerable<SchemaError> errors, DeclaredNames declared)
    {
        var members = value.EnumerateObject().Select(member => member.Name).ToList();
        var names = errors
            .Where(error => error.Keyword is "required")
            .SelectMany(error => RequiredNames(definition, error.SchemaPointer))
            .Distinct(StringComparer.Ordinal)
            .Where(name => !members.Contains(name) && declared.OnlyLike(name) == name)
            .Select(name => (Name: name, Given: GivenAs(name, members, declared)))
            .Where(pair => pair.Given is not null)
            .ToDictionary(pair => pair.Given!, pair => pair.Name, StringComparer.Ordinal);
        if (names.Count == 0)
            return null;

        var repairs = names.Select(pair => new ToolRepair(
            ToolRepairKind.Renamed,
            JsonPlace.Member(pointer, pair.Value),
            $"'{RepairText.Shorten(pair.Key)}' was taken as '{RepairText.Shorten(pair.Value)}'."));
        return new RepairChange(pointer, Rename(value, names), [.. repairs]);
    }

    // Where members may have any name of a pattern, a name that looks wrong may be meant.
    private static IEnumerable<string> RequiredNames(JsonElement definition, string schemaPointer) =>
        JsonPlace.Find(definition, schemaPointer) is { ValueKind: JsonValueKind.Array } names
        && JsonPlace.Find(definition, schemaPointer[..schemaPointer.LastIndexOf('/')]) is { } schema
        && !schema.TryGetProperty("patternProperties", out _)
            ? names.EnumerateArray().Select(name => name.GetString()!)
            : [];

    private static string? GivenAs(string name, IEnumerable<string> members, DeclaredNames declared) =>
        members.Where(member => DeclaredNames.Fold(member) == DeclaredNames.Fold(name)).Take(2).ToArray() is [var only] && !declared.Contains(only)
            ? only
            : null;

    private static string Rename(JsonElement value, Dictionary<string, string> names)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            foreach (var member in value.EnumerateObject())
            {
                json.WritePropertyName(names.GetValueOrDefault(member.Name, member.Name));
                member.Value.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
