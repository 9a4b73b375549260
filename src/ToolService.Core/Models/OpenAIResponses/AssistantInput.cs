using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.OpenAIResponses;

/// <summary>Writes what the model answered as the items that it gave, in their order.</summary>
/// <param name="json">The list of items.</param>
/// <param name="origin">Where what is not text or calls has to come from to be written; null to write none of it.</param>
internal sealed class AssistantInput(Utf8JsonWriter json, string? origin)
{
    private readonly List<TextReasoningContent> _thoughts = [];
    private readonly List<TextContent> _texts = [];

    public void Write(ChatMessage message)
    {
        foreach (var content in message.Contents)
        {
            switch (content)
            {
                case TextReasoningContent reasoning when origin is not null && ReasoningItem.IsFrom(reasoning, origin):
                    WriteTexts();
                    _thoughts.Add(reasoning);
                    break;
                case TextContent text:
                    _texts.Add(text);
                    break;
                case FunctionCallContent call:
                    WriteTexts();
                    WriteThoughts();
                    WriteCall(call);
                    break;
            }
        }

        WriteTexts();
    }

    // A thought without the item that it led to is refused, so it waits until there is one.
    private void WriteThoughts()
    {
        foreach (var thought in _thoughts)
            ReasoningItem.Write(json, thought);
        _thoughts.Clear();
    }

    private void WriteTexts()
    {
        var text = string.Concat(_texts.Select(content => content.Text));
        if (!string.IsNullOrWhiteSpace(text))
        {
            WriteThoughts();
            json.WriteStartObject();
            json.WriteString("type", ResponseItem.Message);
            json.WriteString("role", ChatRole.Assistant.Value);
            if (origin is not null)
                MessagePhase.Write(json, _texts[0], origin);
            json.WriteString("content", text);
            json.WriteEndObject();
        }

        _texts.Clear();
    }

    private void WriteCall(FunctionCallContent call)
    {
        json.WriteStartObject();
        json.WriteString("type", ResponseItem.Call);
        json.WriteString("call_id", call.CallId);
        json.WriteString("name", call.Name);
        json.WriteString("arguments", ToolCallArguments.ToText(call));
        json.WriteEndObject();
    }
}
