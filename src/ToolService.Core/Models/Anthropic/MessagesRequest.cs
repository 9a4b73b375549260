using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.Anthropic;

/// <summary>Writes the body of a Messages request.</summary>
/// <param name="model">The model's name at the provider, unless the options name another.</param>
/// <param name="endpoint">How it is configured.</param>
internal sealed class MessagesRequest(string model, ModelEndpointOptions endpoint)
{
    /// <summary>The bound on output tokens where none is configured: the API demands one. Thoughts count too.</summary>
    public const int DefaultMaxOutputTokens = 16_384;

    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <param name="messages">The conversation.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="origin">Whose thoughts are sent back.</param>
    /// <param name="stream">Whether the answer is to be streamed.</param>
    public ReadOnlyMemory<byte> Write(IEnumerable<ChatMessage> messages, ChatOptions? options, string origin, bool stream)
    {
        IReadOnlyList<ChatMessage> all = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var turns = MessagesTurn.Of(all, origin);
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer, Compact);
        json.WriteStartObject();
        json.WriteString("model", options?.ModelId ?? model);
        json.WriteNumber("max_tokens", options?.MaxOutputTokens ?? DefaultMaxOutputTokens);
        WriteSystem(json, all, options?.Instructions);
        json.WriteStartArray("messages");
        foreach (var turn in turns)
            MessagesBlocks.Write(json, turn, isLast: turn == turns[^1]);
        json.WriteEndArray();
        MessagesTools.Write(json, options, turns, endpoint.PromptCaching);
        if (options is not null)
            WriteSettings(json, options);
        if (stream)
            json.WriteBoolean("stream", true);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private void WriteSystem(Utf8JsonWriter json, IReadOnlyList<ChatMessage> messages, string? instructions)
    {
        var texts = messages.Where(message => message.Role == ChatRole.System).Select(message => message.Text).Prepend(instructions);
        var system = string.Join("\n\n", texts.Where(text => !string.IsNullOrWhiteSpace(text)));
        if (system.Length == 0)
            return;

        if (!endpoint.PromptCaching)
        {
            json.WriteString("system", system);
            return;
        }

        json.WriteStartArray("system");
        json.WriteStartObject();
        json.WriteString("type", "text");
        json.WriteString("text", system);
        json.WriteStartObject("cache_control");
        json.WriteString("type", "ephemeral");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteSettings(Utf8JsonWriter json, ChatOptions options)
    {
        SamplingSettings.Write(json, options, SamplingSettings.Allowed(endpoint, options.ModelId ?? model));
        // Blank ones are refused.
        if (options.StopSequences?.Where(stop => !string.IsNullOrWhiteSpace(stop)).ToList() is { Count: > 0 } stops)
        {
            json.WriteStartArray("stop_sequences");
            foreach (var stop in stops)
                json.WriteStringValue(stop);
            json.WriteEndArray();
        }

        // There is no way to ask for JSON of any shape.
        if (options.ResponseFormat is ChatResponseFormatJson { Schema: { } schema })
        {
            json.WriteStartObject("output_config");
            json.WriteStartObject("format");
            json.WriteString("type", "json_schema");
            json.WritePropertyName("schema");
            schema.WriteTo(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }
}
