using System.Buffers;
using System.Text.Json;
using ToolService.Core.Tools.OpenApi.Operations;

namespace ToolService.Core.Tools.OpenApi.Schemas;

/// <summary>Writes the input schema of one tool: its arguments as properties, and the definitions that they need.</summary>
internal sealed class InputSchemaWriter(SchemaDefinitions definitions)
{
    /// <exception cref="OpenApiException">A schema has no meaning in a tool, or they are too large together.</exception>
    public JsonElement Write(IReadOnlyList<ToolArgument> arguments)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var found = new List<string>();
        using (var json = new Utf8JsonWriter(buffer, SchemaRewriter.Output))
        {
            json.WriteStartObject();
            json.WriteString("type", "object");
            json.WriteStartObject("properties");
            foreach (var argument in arguments)
            {
                json.WritePropertyName(argument.Name);
                Write(argument, json, found);
                Check(json);
            }

            json.WriteEndObject();
            WriteRequired(arguments, json);
            json.WriteBoolean("additionalProperties", false);
            WriteDefinitions(found, json);
            json.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan, new JsonDocumentOptions { MaxDepth = 2 * OpenApiLimits.MaxDepth });
    }

    private void Write(ToolArgument argument, Utf8JsonWriter json, List<string> found)
    {
        var schema = argument.Schema;
        json.WriteStartObject();
        if (argument.Description is not null)
            json.WriteString("description", argument.Description);
        if (argument.IsDeprecated || argument.Schema.Flag("deprecated"))
            json.WriteBoolean("deprecated", true);
        // A description of its own says more of this place than that of a schema that others share.
        string[] own = argument.Description is null ? ["deprecated"] : ["deprecated", "description"];
        if (schema.Value.ValueKind == JsonValueKind.False)
            json.WriteBoolean("not", true);
        else
            definitions.Rewriter.WriteMembers(schema, json, found, own);
        json.WriteEndObject();
    }

    private static void WriteRequired(IReadOnlyList<ToolArgument> arguments, Utf8JsonWriter json)
    {
        if (!arguments.Any(argument => argument.IsRequired))
            return;
        json.WriteStartArray("required");
        foreach (var argument in arguments.Where(argument => argument.IsRequired))
            json.WriteStringValue(argument.Name);
        json.WriteEndArray();
    }

    private void WriteDefinitions(List<string> found, Utf8JsonWriter json)
    {
        if (found.Count == 0)
            return;
        var pending = new Queue<string>(found);
        var written = new HashSet<string>(StringComparer.Ordinal);
        json.WriteStartObject("$defs");
        while (pending.TryDequeue(out var pointer))
        {
            if (!written.Add(pointer))
                continue;
            var definition = definitions.Find(pointer);
            json.WritePropertyName(definition.Name);
            json.WriteRawValue(definition.Json, skipInputValidation: true);
            Check(json);
            foreach (var reference in definition.References)
                pending.Enqueue(reference);
        }

        json.WriteEndObject();
    }

    private static void Check(Utf8JsonWriter json)
    {
        if (json.BytesCommitted + json.BytesPending > OpenApiLimits.MaxSchemaBytes)
            throw new OpenApiException(
                $"Its input schema would have more than {OpenApiLimits.MaxSchemaBytes} bytes with all definitions that it refers to.");
    }
}
