using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.TextCalls;

/// <summary>Tells a model of the tools in words.</summary>
internal static class TextCallPrompt
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Definitions are most of a prompt and the same in every one.
    private static readonly ConditionalWeakTable<AIFunctionDeclaration, string> Written = [];

    /// <summary>What the system prompt says about the tools; null where there are none to be used.</summary>
    public static string? Write(ChatOptions options, ITextCallFormat format)
    {
        var tools = options.Tools?.OfType<AIFunctionDeclaration>().ToList() ?? [];
        if (tools.Count == 0 || options.ToolMode is NoneChatToolMode)
            return null;

        var prompt = new StringBuilder("# Tools\n\n")
            .Append("These tools can be called; each line describes one, with the JSON Schema of its arguments:\n<tools>\n");
        foreach (var tool in tools)
            prompt.Append(Written.GetValue(tool, Definition)).Append('\n');
        prompt.Append("</tools>\n\nTo call a tool, end the answer with a call in exactly this form, outside of code blocks:\n")
            .Append(format.Write([new TextPiece.Call("tool_name", """{"argument": "value"}""")]))
            .Append("\n\n")
            .Append(options.AllowMultipleToolCalls is false
                ? "Make at most one call in an answer. "
                : "Several calls may follow one another. ")
            .Append($"The results come in the next message between {TextCallHistory.ResultBegin} and {TextCallHistory.ResultEnd}; ")
            .Append("wait for them, and never write them. ")
            .Append(Duty(options.ToolMode));
        return prompt.ToString();
    }

    private static string Duty(ChatToolMode? mode) => mode switch
    {
        RequiredChatToolMode { RequiredFunctionName: { } name } => $"Now call the tool {name}.",
        RequiredChatToolMode => "Now call at least one tool.",
        _ => "Where no tool is needed, just answer.",
    };

    private static string Definition(AIFunctionDeclaration tool)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Compact);
        json.WriteStartObject();
        json.WriteString("name", tool.Name);
        if (tool.Description.Length > 0)
            json.WriteString("description", tool.Description);
        json.WritePropertyName("parameters");
        tool.JsonSchema.WriteTo(json);
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
