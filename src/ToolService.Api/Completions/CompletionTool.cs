using System.Text.Json;
using System.Text.Json.Serialization;

namespace ToolService.Api.Completions;

/// <summary>A tool that the client runs itself.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record CompletionTool
{
    /// <summary>Only <c>function</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What it is.</summary>
    public CompletionToolFunction? Function { get; init; }

    /// <summary>A tool of the type <c>function</c>.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    public sealed record CompletionToolFunction
    {
        /// <summary>The name by which the model calls it.</summary>
        public required string Name { get; init; }

        /// <summary>What it does, for the model.</summary>
        public string? Description { get; init; }

        /// <summary>The JSON Schema of its arguments; left out, it takes none.</summary>
        public JsonElement? Parameters { get; init; }

        /// <summary>Whether the provider is asked to hold the model to the schema.</summary>
        public bool? Strict { get; init; }
    }
}
