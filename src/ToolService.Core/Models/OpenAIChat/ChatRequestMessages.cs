using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Models.Wire;

namespace ToolService.Core.Models.OpenAIChat;

/// <summary>Writes messages in the wire format. One of ours with several tool results becomes as many of theirs.</summary>
internal static class ChatRequestMessages
{
    public static void WriteSystem(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("role", "system");
        json.WriteString("content", text);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, ChatMessage message, bool returnsReasoning)
    {
        var hasResults = false;
        foreach (var result in message.Contents.OfType<FunctionResultContent>())
        {
            hasResults = true;
            WriteResult(json, result);
        }

        if (hasResults)
            return;

        json.WriteStartObject();
        json.WriteString("role", message.Role.Value);
        if (message.Role == ChatRole.Assistant)
            WriteAssistant(json, message, returnsReasoning);
        else
            RequestJson.WriteContent(json, message, "text", WriteImage);
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, FunctionResultContent result)
    {
        json.WriteStartObject();
        json.WriteString("role", "tool");
        json.WriteString("tool_call_id", result.CallId);
        json.WriteString("content", ToolResults.Text(result));
        json.WriteEndObject();
    }

    private static void WriteAssistant(Utf8JsonWriter json, ChatMessage message, bool returnsReasoning)
    {
        var calls = message.Contents.OfType<FunctionCallContent>().ToList();
        if (message.Text is { Length: > 0 } text || calls.Count == 0)
            json.WriteString("content", message.Text);
        else
            json.WriteNull("content");
        if (calls.Count == 0)
            return;

        // Also without any, as in a history from elsewhere: what is refused is a call without the member.
        if (returnsReasoning)
            json.WriteString("reasoning_content", Thoughts(message));
        json.WriteStartArray("tool_calls");
        foreach (var call in calls)
            WriteCall(json, call);
        json.WriteEndArray();
    }

    private static string Thoughts(ChatMessage message) => string.Concat(
        message.Contents.OfType<TextReasoningContent>().Where(thought => thought.ProtectedData is null).Select(thought => thought.Text));

    private static void WriteCall(Utf8JsonWriter json, FunctionCallContent call)
    {
        json.WriteStartObject();
        json.WriteString("id", call.CallId);
        json.WriteString("type", "function");
        json.WriteStartObject("function");
        json.WriteString("name", call.Name);
        json.WriteString("arguments", ToolCallArguments.ToText(call));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter json, AIContent content)
    {
        json.WriteString("type", "image_url");
        json.WriteStartObject("image_url");
        json.WriteString("url", RequestJson.ImageAddress(content, "chat completions"));
        json.WriteEndObject();
    }
}
