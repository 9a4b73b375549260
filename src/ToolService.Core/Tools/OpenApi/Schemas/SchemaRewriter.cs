using System.Text.Encodings.Web;
using System.Text.Json;
using ToolService.Core.Schema.Normalization;
using ToolService.Core.Tools.OpenApi.Operations;
using ToolService.Core.Tools.OpenApi.Reading;

namespace ToolService.Core.Tools.OpenApi.Schemas;

/// <summary>
/// Writes a schema of the document as a part of a tool's: references lead to <c>$defs</c>, a request need not have what is read-only, and
/// what belongs to the document alone is left out. The dialect is not touched: that is done where a tool is made.
/// </summary>
internal sealed class SchemaRewriter(DocumentReferences references)
{
    // Names that would only resolve in the document, its extensions, and definitions, which are collected where they are used.
    private static readonly string[] Dropped =
        ["$id", "$schema", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$comment", "$vocabulary", "$defs", "definitions"];

    private static readonly string[] Unsupported = ["$dynamicRef", "$recursiveRef"];

    private readonly ReadOnlyProperties _readOnly = new(references);

    public static JsonWriterOptions Output { get; } =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 2 * OpenApiLimits.MaxDepth, SkipValidation = true };

    /// <param name="schema">The schema.</param>
    /// <param name="json">Where it is written.</param>
    /// <param name="found">Takes the pointers of the schemas that it refers to.</param>
    /// <exception cref="OpenApiException">It refers to what is not there, or has no meaning in a tool.</exception>
    public void Write(DocumentNode schema, Utf8JsonWriter json, ICollection<string> found)
    {
        if (schema.Value.ValueKind != JsonValueKind.Object)
        {
            schema.Value.WriteTo(json);
            return;
        }

        json.WriteStartObject();
        WriteMembers(schema, json, found, []);
        json.WriteEndObject();
    }

    /// <summary>Writes what the schema says, without the braces and without the keywords that the caller writes itself.</summary>
    public void WriteMembers(DocumentNode schema, Utf8JsonWriter json, ICollection<string> found, ReadOnlySpan<string> own) =>
        WriteMembers(schema, json, found, own, inherited: []);

    private void WriteMembers(
        DocumentNode schema, Utf8JsonWriter json, ICollection<string> found, ReadOnlySpan<string> own, HashSet<string> inherited)
    {
        var readOnly = _readOnly.Of(schema, inherited);
        var isFile = IsBinary(schema);
        foreach (var (name, value) in schema.Members())
        {
            if (Dropped.Contains(name) || name.StartsWith("x-", StringComparison.Ordinal) || own.Contains(name))
                continue;
            if (Unsupported.Contains(name))
                throw value.Refuse($"'{name}' is not supported in an API's schemas; use '$ref'.");
            if (isFile && name is ("format" or "contentEncoding"))
                continue;
            json.WritePropertyName(name);
            if (name == "$ref")
                WriteReference(value, json, found);
            else if (name == "required" && value.Value.ValueKind == JsonValueKind.Array && readOnly.Count > 0)
                WriteRequired(value, json, readOnly);
            else
                WriteKeyword(name, value, json, found, readOnly);
        }

        if (isFile)
            json.WriteString("contentEncoding", "base64");
    }

    /// <summary>Whether it is the bytes of a file, which a call can only have as base64.</summary>
    public static bool IsBinary(DocumentNode schema) =>
        schema.TextOrNull("contentEncoding") is null or "binary"
        && (schema.TextOrNull("format") == "binary"
            || (schema.TextOrNull("contentMediaType") is { } media && !MediaTypes.IsText(media)));

    private static void WriteReference(DocumentNode reference, Utf8JsonWriter json, ICollection<string> found)
    {
        if (reference.Value.ValueKind != JsonValueKind.String)
            throw reference.Refuse("'$ref' must be a string.");
        var pointer = DocumentReferences.Pointer(reference.Value.GetString()!, reference.Path);
        found.Add(pointer);
        json.WriteStringValue("#/$defs/" + DefinitionName.Of(pointer).Replace("~", "~0", StringComparison.Ordinal));
    }

    private static void WriteRequired(DocumentNode required, Utf8JsonWriter json, HashSet<string> readOnly)
    {
        json.WriteStartArray();
        foreach (var name in required.Items())
        {
            if (name.Value.ValueKind != JsonValueKind.String || !readOnly.Contains(name.Value.GetString()!))
                name.Value.WriteTo(json);
        }

        json.WriteEndArray();
    }

    private void WriteKeyword(string name, DocumentNode value, Utf8JsonWriter json, ICollection<string> found, HashSet<string> readOnly)
    {
        if (SchemaPositions.Of(name) is not { } position)
        {
            value.Value.WriteTo(json);
            return;
        }

        switch (value.Value.ValueKind)
        {
            case JsonValueKind.Object when position.IsMap:
                json.WriteStartObject();
                foreach (var (key, schema) in value.Members())
                {
                    json.WritePropertyName(key);
                    Write(schema, json, found);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Object:
                Write(value, json, found);
                break;
            case JsonValueKind.Array:
                WriteList(value, json, found, name == "allOf" ? readOnly : []);
                break;
            default:
                value.Value.WriteTo(json);
                break;
        }
    }

    private void WriteList(DocumentNode list, Utf8JsonWriter json, ICollection<string> found, HashSet<string> readOnly)
    {
        json.WriteStartArray();
        foreach (var schema in list.Items())
        {
            if (schema.Value.ValueKind != JsonValueKind.Object)
            {
                schema.Value.WriteTo(json);
                continue;
            }

            json.WriteStartObject();
            WriteMembers(schema, json, found, [], readOnly);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
