using System.Text.Json;
using System.Text.RegularExpressions;
using ToolService.Core.Models.Wire;

namespace ToolService.Core.Models.Anthropic;

/// <summary>
/// A tool's schema as the API takes it: one of an object, without a union at its top, and with plain names of its properties. One tool with
/// another schema would have every request refused. What is left out is told in words; calls are checked against the tool's own schema.
/// </summary>
internal static partial class ToolInputSchema
{
    private const string Properties = "properties";
    private static readonly string[] Unions = ["oneOf", "anyOf", "allOf"];

    // `{}` and `true` allow everything; of that an object is what a call can have.
    public static void Write(Utf8JsonWriter json, JsonElement schema)
    {
        json.WriteStartObject();
        json.WriteString("type", "object");
        if (schema.ValueKind is JsonValueKind.Object)
            foreach (var member in schema.EnumerateObject().Where(member => member.Name != "type" && !Unions.Contains(member.Name)))
                WriteMember(json, member);
        json.WriteEndObject();
    }

    /// <summary>The tool's description, with what <see cref="Write"/> leaves out.</summary>
    public static string Describe(string description, JsonElement schema)
    {
        var rules = LeftOut(schema).ToList();
        return rules.Count == 0
            ? description
            : $"{description}\n\nThe arguments must also match this JSON Schema: {{{string.Join(',', rules)}}}".TrimStart();
    }

    private static void WriteMember(Utf8JsonWriter json, JsonProperty member)
    {
        if (member.Name != Properties || member.Value.ValueKind is not JsonValueKind.Object)
        {
            member.WriteTo(json);
            return;
        }

        json.WriteStartObject(Properties);
        foreach (var property in member.Value.EnumerateObject().Where(property => Accepted().IsMatch(property.Name)))
            property.WriteTo(json);
        json.WriteEndObject();
    }

    private static IEnumerable<string> LeftOut(JsonElement schema)
    {
        if (schema.ValueKind is not JsonValueKind.Object)
            yield break;

        if (schema.Member(Properties) is { ValueKind: JsonValueKind.Object } properties
            && properties.EnumerateObject().Where(property => !Accepted().IsMatch(property.Name)).ToList() is { Count: > 0 } others)
            yield return $"\"{Properties}\":{{{string.Join(',', others)}}}";
        foreach (var union in schema.EnumerateObject().Where(member => Unions.Contains(member.Name)))
            yield return union.ToString();
    }

    [GeneratedRegex(@"^[a-zA-Z0-9_.-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Accepted();
}
