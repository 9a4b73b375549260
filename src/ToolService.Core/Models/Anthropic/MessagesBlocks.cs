using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.Anthropic;

/// <summary>Writes turns as messages of content blocks.</summary>
internal static class MessagesBlocks
{
    // A failure without words is refused.
    private const string FailedSilently = "The call failed.";

    public static void Write(Utf8JsonWriter json, MessagesTurn turn, bool isLast)
    {
        json.WriteStartObject();
        json.WriteString("role", turn.Role);
        json.WriteStartArray("content");
        foreach (var (index, content) in turn.Contents.Index())
        {
            json.WriteStartObject();
            // What the model shall go on with may not end with a space.
            if (content is TextContent text && isLast && turn.Role == MessagesTurn.Assistant && index == turn.Contents.Count - 1)
                WriteText(json, text.Text.TrimEnd());
            else
                WriteBlock(json, content);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteBlock(Utf8JsonWriter json, AIContent content)
    {
        switch (content)
        {
            case TextContent text:
                WriteText(json, text.Text);
                break;
            case TextReasoningContent reasoning:
                WriteReasoning(json, reasoning);
                break;
            case FunctionCallContent call:
                json.WriteString("type", "tool_use");
                json.WriteString("id", MessagesNames.Id(call.CallId));
                json.WriteString("name", MessagesNames.Tool(call.Name));
                json.WritePropertyName("input");
                json.WriteRawValue(ToolCallArguments.ToText(call), skipInputValidation: true);
                break;
            case FunctionResultContent result:
                WriteResult(json, result);
                break;
            default:
                WriteImage(json, content);
                break;
        }
    }

    private static void WriteText(Utf8JsonWriter json, string text)
    {
        json.WriteString("type", "text");
        json.WriteString("text", text);
    }

    private static void WriteReasoning(Utf8JsonWriter json, TextReasoningContent reasoning)
    {
        if (RedactedReasoning.Is(reasoning))
        {
            json.WriteString("type", "redacted_thinking");
            json.WriteString("data", reasoning.ProtectedData);
            return;
        }

        json.WriteString("type", "thinking");
        json.WriteString("thinking", reasoning.Text);
        json.WriteString("signature", reasoning.ProtectedData);
    }

    private static void WriteResult(Utf8JsonWriter json, FunctionResultContent result)
    {
        var isError = ToolResults.IsError(result);
        var text = ToolResults.Text(result);
        if (string.IsNullOrWhiteSpace(text))
            text = isError ? FailedSilently : "";
        json.WriteString("type", "tool_result");
        json.WriteString("tool_use_id", MessagesNames.Id(result.CallId));
        if (text.Length > 0)
            json.WriteString("content", text);
        if (isError)
            json.WriteBoolean("is_error", true);
    }

    private static void WriteImage(Utf8JsonWriter json, AIContent content)
    {
        json.WriteString("type", "image");
        json.WriteStartObject("source");
        switch (content)
        {
            case DataContent data when data.HasTopLevelMediaType("image"):
                json.WriteString("type", "base64");
                json.WriteString("media_type", data.MediaType);
                json.WriteString("data", data.Base64Data.Span);
                break;
            case UriContent uri when uri.HasTopLevelMediaType("image"):
                json.WriteString("type", "url");
                json.WriteString("url", uri.Uri.AbsoluteUri);
                break;
            default:
                throw new NotSupportedException($"{content.GetType().Name} cannot be sent to a Messages endpoint; text and images can.");
        }

        json.WriteEndObject();
    }
}
