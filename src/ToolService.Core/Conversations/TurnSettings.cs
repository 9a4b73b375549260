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

    /// <summary>How much of the likely words the model chooses from: 0 to 1; null leaves it to the provider.</summary>
    public float? TopP { get; init; }

    /// <summary>How much words that came often are avoided: -2 to 2; null leaves it to the provider.</summary>
    public float? FrequencyPenalty { get; init; }

    /// <summary>How much words that came at all are avoided: -2 to 2; null leaves it to the provider.</summary>
    public float? PresencePenalty { get; init; }

    /// <summary>A number with which the provider tries to answer the same again; null for none.</summary>
    public long? Seed { get; init; }

    /// <summary>Texts before which an answer of the model ends; null for none.</summary>
    public IReadOnlyList<string>? StopSequences { get; init; }

    /// <summary>Tools that the turn's client runs itself, offered to the model beside the service's; null for none.</summary>
    public IReadOnlyList<ClientTool>? ClientTools { get; init; }

    /// <summary>Whether the model makes a plan before the first round; null leaves it to <c>Chat:Convergence:Planning</c>.</summary>
    public bool? Plan { get; init; }

    /// <summary>Whether the model works over its answer; null leaves it to <c>Chat:Convergence:Refinement</c>.</summary>
    public bool? Refine { get; init; }

    /// <summary>The JSON Schema that the final answer must satisfy; null for an answer in words.</summary>
    public JsonElement? ResponseSchema { get; init; }
}
