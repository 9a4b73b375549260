using System.Text.Json;

namespace ToolService.Api.Confirmations;

/// <summary>A person's decision.</summary>
public sealed record DecisionRequest
{
    /// <summary>Whether the call runs.</summary>
    public required DecisionKind Decision { get; init; }

    /// <summary>Why; on a denial the model reads it.</summary>
    public string? Reason { get; init; }

    /// <summary>Other arguments to run the call with; they are validated like any. Left out: those that were asked for.</summary>
    public JsonElement? Arguments { get; init; }
}
