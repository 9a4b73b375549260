using System.Text.Json;

namespace ToolService.Core.Conversations;

/// <summary>How the model is asked in each round of a turn. It holds for the whole turn, also after a restart.</summary>
public sealed record TurnSettings
{
    /// <summary>Nothing out of the ordinary.</summary>
    public static TurnSettings Default { get; } = new();

    /// <summary>One of <see cref="Conversations.ToolChoice"/>, or the name of the tool to call first; null leaves it to the provider.</summary>
    public string? ToolChoice { get; init; }

    /// <summary>How freely the model chooses its words: 0 to 2; null leaves it to the provider.</summary>
    public float? Temperature { get; init; }

    /// <summary>The longest answer of one model request, in tokens; null leaves it to the model's configuration or the provider.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Whether the model may ask for several calls at once; null leaves it to the provider.</summary>
    public bool? ParallelToolCalls { get; init; }

    /// <summary>The JSON Schema that the final answer must satisfy; null for an answer in words.</summary>
    public JsonElement? ResponseSchema { get; init; }
}
