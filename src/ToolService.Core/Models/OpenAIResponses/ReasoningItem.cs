using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Models.Wire;

namespace ToolService.Core.Models.OpenAIResponses;

/// <summary>
/// Carries what the model thought from one request to the next: the encrypted text, and the item's id and summary as they came. The text of
/// the content is for people.
/// </summary>
internal static class ReasoningItem
{
    private const string ItemKey = "reasoning_item";

    /// <summary>Makes a content that survives being stored.</summary>
    public static TextReasoningContent ToContent(string text, string encrypted, JsonElement item, string origin)
    {
        var content = new TextReasoningContent(text)
        {
            ProtectedData = encrypted,
            AdditionalProperties = new AdditionalPropertiesDictionary { [ItemKey] = item },
        };
        CarriedReasoning.Mark(content, origin);
        return content;
    }

    /// <summary>What has to be kept of a provider's item besides its encrypted text.</summary>
    public static JsonElement Kept(JsonElement item)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        if (item.Text("id") is { Length: > 0 } id)
            json.WriteString("id", id);
        json.WriteStartArray("summary");
        foreach (var part in item.Items("summary"))
            part.WriteTo(json);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return JsonElement.Parse(buffer.WrittenSpan);
    }

    /// <summary>Whether a content is an item to send back to where it came from.</summary>
    public static bool IsFrom(AIContent content, string origin) =>
        content is TextReasoningContent { ProtectedData.Length: > 0 } reasoning
        && reasoning.AdditionalProperties?.GetValueOrDefault(ItemKey) is JsonElement { ValueKind: JsonValueKind.Object }
        && CarriedReasoning.IsFrom(reasoning, origin);

    /// <summary>Whether any of these messages holds such an item.</summary>
    public static bool AnyIn(IEnumerable<ChatMessage> messages, string origin) =>
        messages.Any(message => message.Contents.Any(content => IsFrom(content, origin)));

    /// <summary>Writes the item as it came.</summary>
    public static void Write(Utf8JsonWriter json, TextReasoningContent reasoning)
    {
        json.WriteStartObject();
        json.WriteString("type", "reasoning");
        foreach (var member in ((JsonElement)reasoning.AdditionalProperties![ItemKey]!).EnumerateObject())
            member.WriteTo(json);
        json.WriteString("encrypted_content", reasoning.ProtectedData);
        json.WriteEndObject();
    }
}
