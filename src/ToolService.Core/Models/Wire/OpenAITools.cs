using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.Wire;

/// <summary>Writes the offered tools and how the model may use them, in one of OpenAI's two forms.</summary>
/// <param name="isFlat">
/// Whether a function is its own description, as for responses, or holds it in a member, as for chat completions. The flat form says of each
/// whether it is strict, since it is where that is not said.
/// </param>
internal sealed class OpenAITools(bool isFlat)
{
    // Definitions are most of a request's bytes and the same in every one.
    private readonly ConditionalWeakTable<AIFunctionDeclaration, byte[]> _written = [];

    public void Write(Utf8JsonWriter json, ChatOptions options)
    {
        var tools = options.Tools?.OfType<AIFunctionDeclaration>().ToList() ?? [];
        // Providers refuse a tool_choice without tools.
        if (tools.Count == 0)
            return;

        json.WriteStartArray("tools");
        foreach (var tool in tools)
            json.WriteRawValue(_written.GetValue(tool, Definition), skipInputValidation: true);
        json.WriteEndArray();
        WriteChoice(json, options.ToolMode);
        if (options.AllowMultipleToolCalls is { } parallel)
            json.WriteBoolean("parallel_tool_calls", parallel);
    }

    private void WriteChoice(Utf8JsonWriter json, ChatToolMode? mode)
    {
        switch (mode)
        {
            case RequiredChatToolMode { RequiredFunctionName: { } name }:
                json.WritePropertyName("tool_choice");
                WriteFunction(json, () => json.WriteString("name", name));
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

    private byte[] Definition(AIFunctionDeclaration tool)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, RequestJson.Checked);
        WriteFunction(json, () => WriteDescription(json, tool));
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private void WriteFunction(Utf8JsonWriter json, Action writeMembers)
    {
        json.WriteStartObject();
        json.WriteString("type", "function");
        if (!isFlat)
            json.WriteStartObject("function");
        writeMembers();
        if (!isFlat)
            json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteDescription(Utf8JsonWriter json, AIFunctionDeclaration tool)
    {
        json.WriteString("name", tool.Name);
        if (tool.Description.Length > 0)
            json.WriteString("description", tool.Description);
        json.WritePropertyName("parameters");
        WriteSchema(json, tool.JsonSchema);
        if (isFlat)
            json.WriteBoolean("strict", OfferedTools.IsStrict(tool) || StrictForm.IsObject(tool.JsonSchema));
        else if (OfferedTools.IsStrict(tool))
            json.WriteBoolean("strict", true);
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
