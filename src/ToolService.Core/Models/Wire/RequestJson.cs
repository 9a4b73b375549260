using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.Wire;

/// <summary>What the bodies of requests have in common.</summary>
internal static class RequestJson
{
    /// <summary>For bodies: compact, with text as it is.</summary>
    public static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The same for what others wrote a part of.</summary>
    public static readonly JsonWriterOptions Checked = Compact with { SkipValidation = false };

    /// <summary>Writes what a message says: as text, or in parts where there is more than text.</summary>
    /// <param name="json">The message.</param>
    /// <param name="message">What to write.</param>
    /// <param name="textType">How the format calls a part that is text.</param>
    /// <param name="writeImage">Writes the members of another part.</param>
    public static void WriteContent(Utf8JsonWriter json, ChatMessage message, string textType, Action<Utf8JsonWriter, AIContent> writeImage)
    {
        if (message.Contents.All(content => content is TextContent))
        {
            json.WriteString("content", message.Text);
            return;
        }

        json.WriteStartArray("content");
        foreach (var content in message.Contents)
        {
            json.WriteStartObject();
            if (content is TextContent text)
            {
                json.WriteString("type", textType);
                json.WriteString("text", text.Text);
            }
            else
            {
                writeImage(json, content);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>An image as OpenAI's formats take it: its address, or all of it as a data URI.</summary>
    /// <param name="content">What is to be sent.</param>
    /// <param name="endpoint">What kind of endpoint it goes to, for the error.</param>
    /// <exception cref="NotSupportedException">It is no image.</exception>
    public static string ImageAddress(AIContent content, string endpoint) => content switch
    {
        DataContent data when data.HasTopLevelMediaType("image") => data.Uri,
        UriContent uri when uri.HasTopLevelMediaType("image") => uri.Uri.AbsoluteUri,
        _ => throw new NotSupportedException($"{content.GetType().Name} cannot be sent to a {endpoint} endpoint; text and images can."),
    };
}
