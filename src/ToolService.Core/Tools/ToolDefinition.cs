using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ToolService.Core.Tools;

/// <summary>What a tool is, as one JSON text: everything by which a person or a model judges a call of it.</summary>
internal static class ToolDefinition
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Tool tool)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("name", tool.Name);
            json.WriteString("description", tool.Description);
            json.WriteStartObject("annotations");
            json.WriteBoolean("read_only", tool.Policy.ReadOnly);
            json.WriteBoolean("idempotent", tool.Policy.Idempotent);
            json.WriteBoolean("destructive", tool.Policy.Destructive);
            json.WriteBoolean("open_world", tool.Policy.OpenWorld);
            json.WriteEndObject();
            json.WritePropertyName("input_schema");
            json.WriteRawValue(tool.InputSchema.GetRawText(), skipInputValidation: true);
            if (tool.Target is { } target)
            {
                json.WritePropertyName("target");
                json.WriteRawValue(target);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
