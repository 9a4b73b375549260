using System.Text.Json.Serialization;

namespace ToolService.Api.Completions;

/// <summary>What a call asks for.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record CompletionFunction
{
    /// <summary>The tool.</summary>
    public required string Name { get; init; }

    /// <summary>The arguments, as the text that the model wrote.</summary>
    public required string Arguments { get; init; }
}
