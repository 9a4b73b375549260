using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.OpenAIChat;

/// <summary>Writes the offered tools and how the model may use them.</summary>
internal static class ChatRequestTools
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Definitions are most of a request's bytes and the same in every one.
    private static readonly ConditionalWeakTable<AIFunctionDeclaration, byte[]> Written = [];

    public static void Write(Utf8JsonWriter json, ChatOptions options)
    {
        var tools = options.Tools?.OfType<AIFunctionDeclaration>().ToList() ?? [];
        // Providers refuse a tool_choice without tools.
        if (tools.Count == 0)
            return;

        json.WriteStartArray("tools");
        foreach (var tool in tools)
            json.WriteRawValue(Written.GetValue(tool, Definition), skipInputValidation: true);
        json.WriteEndArray();
        WriteChoice(json, options.ToolMode);
        if (options.AllowMultipleToolCalls is { } parallel)
            json.WriteBoolean("parallel_tool_calls", parallel);
    }

    private static void WriteChoice(Utf8JsonWriter json, ChatToolMode? mode)
    {
        switch (mode)
        {
            case RequiredChatToolMode { RequiredFunctionName: { } name }:
                json.WriteStartObject("tool_choice");
                json.WriteString("type", "function");
                json.WriteStartObject("function");
                json.WriteString("name", name);
                json.WriteEndObject();
                json.WriteEndObject();
                break;
            case RequiredChatToolMode:
                json.WriteString("tool_choice", "required");
                break;
            case NoneChatToolMode:
                json.WriteString("tool_choice", "none");
                break;
            case AutoChatToolMode:
                json.WriteString("tool_choice", "auto");
                break;
        }
    }

    private static byte[] Definition(AIFunctionDeclaration tool)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Compact);
        json.WriteStartObject();
        json.WriteString("type", "function");
        json.WriteStartObject("function");
        json.WriteString("name", tool.Name);
        if (tool.Description.Length > 0)
            json.WriteString("description", tool.Description);
        json.WritePropertyName("parameters");
        WriteSchema(json, tool.JsonSchema);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    // `{}` and `true` allow everything, which providers refuse: they want an object's schema.
    private static void WriteSchema(Utf8JsonWriter json, JsonElement schema)
    {
        if (schema.ValueKind is JsonValueKind.Object && schema.GetPropertyCount() > 0)
        {
            schema.WriteTo(json);
            return;
        }

        json.WriteStartObject();
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
