using System.Text.Json;

namespace ToolService.Core.Models.Anthropic;

/// <summary>
/// A tool's schema as the API takes it: one of an object, without a union at its top. One tool with another schema would have every request
/// refused. What is left out is told in words; the call is checked against the tool's own schema in any case.
/// </summary>
internal static class ToolInputSchema
{
    private static readonly string[] Unions = ["oneOf", "anyOf", "allOf"];

    // `{}` and `true` allow everything; of that an object is what a call can have.
    public static void Write(Utf8JsonWriter json, JsonElement schema)
    {
        json.WriteStartObject();
        json.WriteString("type", "object");
        if (schema.ValueKind is JsonValueKind.Object)
            foreach (var member in schema.EnumerateObject())
                if (member.Name != "type" && !Unions.Contains(member.Name))
                    member.WriteTo(json);
        json.WriteEndObject();
    }

    /// <summary>The tool's description, with what <see cref="Write"/> leaves out.</summary>
    public static string Describe(string description, JsonElement schema)
    {
        if (schema.ValueKind is not JsonValueKind.Object)
            return description;

        var rules = schema.EnumerateObject().Where(member => Unions.Contains(member.Name)).Select(member => member.ToString()).ToList();
        return rules.Count == 0
            ? description
            : $"{description}\n\nThe arguments must also match this JSON Schema: {{{string.Join(',', rules)}}}".TrimStart();
    }
}
