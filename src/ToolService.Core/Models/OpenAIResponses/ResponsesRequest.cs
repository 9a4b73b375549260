using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Models.Wire;

namespace ToolService.Core.Models.OpenAIResponses;

/// <summary>
/// Writes the body of a responses request. Stop sequences, seeds and penalties are left out: the format has none of them, and a request that
/// names one is refused.
/// </summary>
/// <param name="model">The model's name at the provider, unless the options name another.</param>
/// <param name="origin">Where reasoning has to come from to be sent back.</param>
internal sealed class ResponsesRequest(string model, string origin)
{
    private static readonly OpenAITools Tools = new(isFlat: true);

    public ReadOnlyMemory<byte> Write(IReadOnlyList<ChatMessage> messages, ChatOptions? options, bool stream, bool withReasoning)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer, RequestJson.Compact);
        json.WriteStartObject();
        json.WriteString("model", options?.ModelId ?? model);
        var system = messages.TakeWhile(message => message.Role == ChatRole.System).Select(message => message.Text).ToList();
        WriteInstructions(json, system.Prepend(options?.Instructions));
        json.WriteStartArray("input");
        foreach (var message in messages.Skip(system.Count))
            ResponsesInput.Write(json, message, withReasoning ? origin : null);
        json.WriteEndArray();
        if (options is not null)
        {
            Tools.Write(json, options);
            WriteSettings(json, options);
        }

        WriteKeeping(json, withReasoning);
        if (stream)
            json.WriteBoolean("stream", true);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteInstructions(Utf8JsonWriter json, IEnumerable<string?> texts)
    {
        var instructions = string.Join("\n\n", texts.Where(text => !string.IsNullOrEmpty(text)));
        if (instructions.Length > 0)
            json.WriteString("instructions", instructions);
    }

    private static void WriteSettings(Utf8JsonWriter json, ChatOptions options)
    {
        OpenAISettings.WriteSampling(json, options);
        if (options.MaxOutputTokens is { } maxOutputTokens)
            json.WriteNumber("max_output_tokens", maxOutputTokens);
        if (options.ResponseFormat is ChatResponseFormatJson format)
            WriteFormat(json, format);
    }

    private static void WriteFormat(Utf8JsonWriter json, ChatResponseFormatJson format)
    {
        json.WriteStartObject("text");
        json.WriteStartObject("format");
        json.WriteString("type", format.Schema is null ? "json_object" : "json_schema");
        if (format.Schema is { } schema)
        {
            OpenAISettings.WriteSchema(json, format, schema);
            json.WriteBoolean("strict", StrictForm.IsObject(schema));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    // The history is the service's own; without a copy of it the provider has to hand out what the model thought.
    private static void WriteKeeping(Utf8JsonWriter json, bool withReasoning)
    {
        json.WriteBoolean("store", false);
        if (!withReasoning)
            return;

        json.WriteStartArray("include");
        json.WriteStringValue("reasoning.encrypted_content");
        json.WriteEndArray();
    }
}
