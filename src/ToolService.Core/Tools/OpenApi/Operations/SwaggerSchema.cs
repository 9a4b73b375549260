using System.Buffers;
using System.Text.Json;
using ToolService.Core.Tools.OpenApi.Reading;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>The schema of a Swagger 2.0 parameter, whose keywords stand in the parameter itself.</summary>
internal static class SwaggerSchema
{
    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = 2 * OpenApiLimits.MaxDepth };

    private static readonly string[] NotOfSchema = ["name", "in", "required", "collectionFormat", "allowEmptyValue"];

    public static DocumentNode Of(DocumentNode parameter)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            Write(parameter, json);
        return new DocumentNode(JsonElement.Parse(buffer.WrittenSpan, AnyDepth), parameter.Path);
    }

    /// <summary>The fields of a form as the properties of one object.</summary>
    public static DocumentNode OfForm(IReadOnlyList<DeclaredParameter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", "object");
            json.WriteStartObject("properties");
            foreach (var field in fields)
            {
                json.WritePropertyName(field.Name);
                Write(field.Node, json);
            }

            json.WriteEndObject();
            json.WriteStartArray("required");
            foreach (var field in fields.Where(field => field.IsRequired))
                json.WriteStringValue(field.Name);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return new DocumentNode(JsonElement.Parse(buffer.WrittenSpan, AnyDepth), fields[0].Node.Path);
    }

    private static void Write(DocumentNode parameter, Utf8JsonWriter json)
    {
        var isFile = parameter.TextOrNull("type") == "file";
        json.WriteStartObject();
        if (isFile)
        {
            json.WriteString("type", "string");
            json.WriteString("format", "binary");
        }

        foreach (var (name, value) in parameter.Members())
        {
            if (NotOfSchema.Contains(name) || (isFile && name is ("type" or "format")))
                continue;
            json.WritePropertyName(name);
            value.Value.WriteTo(json);
        }

        json.WriteEndObject();
    }
}
