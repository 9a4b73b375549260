using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.Anthropic;

/// <summary>Writes the offered tools and how the model may use them.</summary>
internal static class MessagesTools
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Definitions are most of a request's bytes and the same in every one.
    private static readonly ConditionalWeakTable<AIFunctionDeclaration, byte[]> Written = [];

    /// <param name="json">The request.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="turns">The conversation.</param>
    /// <param name="cache">Whether the definitions are to be cached.</param>
    public static void Write(Utf8JsonWriter json, ChatOptions? options, IReadOnlyList<MessagesTurn> turns, bool cache)
    {
        var tools = options?.Tools?.OfType<AIFunctionDeclaration>().ToList() ?? [];
        if (tools.Count == 0)
        {
            WriteUsed(json, turns);
            return;
        }

        json.WriteStartArray("tools");
        foreach (var (index, tool) in tools.Index())
        {
            var definition = Written.GetValue(tool, Definition);
            json.WriteRawValue(cache && index == tools.Count - 1 ? Cached(definition) : definition, skipInputValidation: true);
        }

        json.WriteEndArray();
        WriteChoice(json, options!.ToolMode, options.AllowMultipleToolCalls is false);
    }

    // A history with calls is refused unless tools are defined; those that it names are, and may not be used.
    private static void WriteUsed(Utf8JsonWriter json, IReadOnlyList<MessagesTurn> turns)
    {
        var names = turns.SelectMany(turn => turn.Contents).OfType<FunctionCallContent>()
            .Select(call => MessagesNames.Tool(call.Name)).Distinct(StringComparer.Ordinal).ToList();
        if (names.Count == 0)
            return;

        json.WriteStartArray("tools");
        foreach (var name in names)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WritePropertyName("input_schema");
            ToolInputSchema.Write(json, default);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteChoice(json, ChatToolMode.None, isSingle: false);
    }

    private static void WriteChoice(Utf8JsonWriter json, ChatToolMode? mode, bool isSingle)
    {
        if (mode is null && !isSingle)
            return;

        json.WriteStartObject("tool_choice");
        json.WriteString("type", mode switch
        {
            RequiredChatToolMode { RequiredFunctionName: not null } => "tool",
            RequiredChatToolMode => "any",
            NoneChatToolMode => "none",
            _ => "auto",
        });
        if (mode is RequiredChatToolMode { RequiredFunctionName: { } name })
            json.WriteString("name", name);
        if (isSingle && mode is not NoneChatToolMode)
            json.WriteBoolean("disable_parallel_tool_use", true);
        json.WriteEndObject();
    }

    private static byte[] Definition(AIFunctionDeclaration tool)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Compact);
        json.WriteStartObject();
        json.WriteString("name", tool.Name);
        if (ToolInputSchema.Describe(tool.Description, tool.JsonSchema) is { Length: > 0 } description)
            json.WriteString("description", description);
        json.WritePropertyName("input_schema");
        ToolInputSchema.Write(json, tool.JsonSchema);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Cached(byte[] definition) =>
        [.. definition.AsSpan(0, definition.Length - 1), .. ""","cache_control":{"type":"ephemeral"}}"""u8];
}
