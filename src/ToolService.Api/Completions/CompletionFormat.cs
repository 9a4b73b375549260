using System.Text.Json;
using System.Text.Json.Serialization;

namespace ToolService.Api.Completions;

/// <summary>What an answer must be.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record CompletionFormat
{
    /// <summary><c>text</c>, <c>json_object</c> or <c>json_schema</c>.</summary>
    public required string Type { get; init; }

    /// <summary>For <c>json_schema</c>: which.</summary>
    public CompletionSchema? JsonSchema { get; init; }

    /// <summary>A schema with its name.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    public sealed record CompletionSchema
    {
        /// <summary>The JSON Schema.</summary>
        public JsonElement? Schema { get; init; }
    }
}
