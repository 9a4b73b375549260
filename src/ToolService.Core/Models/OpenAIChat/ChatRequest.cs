using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Models.Wire;

namespace ToolService.Core.Models.OpenAIChat;

/// <summary>Writes the body of a chat completions request.</summary>
/// <param name="model">The model's name at the provider, unless the options name another.</param>
/// <param name="maxTokensName">How the provider calls the bound on output tokens.</param>
/// <param name="returnsReasoning">Whether the provider wants back what the model thought before its calls.</param>
internal sealed class ChatRequest(string model, string maxTokensName, bool returnsReasoning = false)
{
    private static readonly OpenAITools Tools = new(isFlat: false);

    public ReadOnlyMemory<byte> Write(IEnumerable<ChatMessage> messages, ChatOptions? options, bool stream)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer, RequestJson.Compact);
        json.WriteStartObject();
        json.WriteString("model", options?.ModelId ?? model);
        json.WriteStartArray("messages");
        if (!string.IsNullOrEmpty(options?.Instructions))
            ChatRequestMessages.WriteSystem(json, options.Instructions);
        foreach (var message in messages)
            ChatRequestMessages.Write(json, message, returnsReasoning);
        json.WriteEndArray();
        if (options is not null)
        {
            Tools.Write(json, options);
            WriteSettings(json, options);
        }

        if (stream)
        {
            json.WriteBoolean("stream", true);
            json.WriteStartObject("stream_options");
            json.WriteBoolean("include_usage", true);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private void WriteSettings(Utf8JsonWriter json, ChatOptions options)
    {
        OpenAISettings.WriteSampling(json, options);
        if (options.FrequencyPenalty is { } frequencyPenalty)
            json.WriteNumber("frequency_penalty", frequencyPenalty);
        if (options.PresencePenalty is { } presencePenalty)
            json.WriteNumber("presence_penalty", presencePenalty);
        if (options.Seed is { } seed)
            json.WriteNumber("seed", seed);
        if (options.MaxOutputTokens is { } maxOutputTokens)
            json.WriteNumber(maxTokensName, maxOutputTokens);
        if (options.StopSequences is { Count: > 0 } stops)
        {
            json.WriteStartArray("stop");
            foreach (var stop in stops)
                json.WriteStringValue(stop);
            json.WriteEndArray();
        }

        if (options.ResponseFormat is ChatResponseFormatJson format)
            WriteResponseFormat(json, format);
    }

    private static void WriteResponseFormat(Utf8JsonWriter json, ChatResponseFormatJson format)
    {
        json.WriteStartObject("response_format");
        json.WriteString("type", format.Schema is null ? "json_object" : "json_schema");
        if (format.Schema is { } schema)
        {
            json.WriteStartObject("json_schema");
            OpenAISettings.WriteSchema(json, format, schema);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
