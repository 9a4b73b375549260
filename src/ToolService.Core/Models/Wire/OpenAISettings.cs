using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.Wire;

/// <summary>Writes the settings that OpenAI's two formats have in common.</summary>
internal static class OpenAISettings
{
    public static void WriteSampling(Utf8JsonWriter json, ChatOptions options)
    {
        if (options.Temperature is { } temperature)
            json.WriteNumber("temperature", temperature);
        if (options.TopP is { } topP)
            json.WriteNumber("top_p", topP);
    }

    /// <summary>Writes the members that say what schema an answer must have.</summary>
    public static void WriteSchema(Utf8JsonWriter json, ChatResponseFormatJson format, JsonElement schema)
    {
        json.WriteString("name", format.SchemaName ?? "answer");
        if (format.SchemaDescription is not null)
            json.WriteString("description", format.SchemaDescription);
        json.WritePropertyName("schema");
        schema.WriteTo(json);
    }
}
