using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Models.Wire;

namespace ToolService.Core.Models.OpenAIResponses;

/// <summary>Writes messages as the items of a request. One of ours becomes as many of theirs as it has texts, calls, results and thoughts.</summary>
internal static class ResponsesInput
{
    /// <param name="json">The list of items.</param>
    /// <param name="message">What to write.</param>
    /// <param name="origin">Where reasoning has to come from to be written; null to write none.</param>
    public static void Write(Utf8JsonWriter json, ChatMessage message, string? origin)
    {
        if (message.Role == ChatRole.Assistant)
        {
            new AssistantInput(json, origin).Write(message);
            return;
        }

        var hasResults = false;
        foreach (var result in message.Contents.OfType<FunctionResultContent>())
        {
            hasResults = true;
            WriteResult(json, result);
        }

        if (!hasResults)
            WriteMessage(json, message);
    }

    private static void WriteResult(Utf8JsonWriter json, FunctionResultContent result)
    {
        json.WriteStartObject();
        json.WriteString("type", "function_call_output");
        json.WriteString("call_id", result.CallId);
        json.WriteString("output", ToolResults.Text(result));
        json.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter json, ChatMessage message)
    {
        json.WriteStartObject();
        json.WriteString("type", ResponseItem.Message);
        json.WriteString("role", message.Role.Value);
        RequestJson.WriteContent(json, message, "input_text", WriteImage);
        json.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter json, AIContent content)
    {
        json.WriteString("type", "input_image");
        json.WriteString("image_url", RequestJson.ImageAddress(content, "responses"));
        json.WriteString("detail", "auto");
    }
}
