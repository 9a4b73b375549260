using System.Text.Json.Serialization;

namespace ToolService.Api.Completions;

/// <summary>What chunks tell besides the answer.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record CompletionStreaming
{
    /// <summary>Whether a last chunk tells the tokens.</summary>
    public bool? IncludeUsage { get; init; }
}
