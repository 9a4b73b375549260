using System.Text.Json;
using ToolService.Core.Tools.Http.Operations;

namespace ToolService.Core.Tools.OpenApi;

/// <summary>An operation of an API as the tool that it becomes.</summary>
public sealed record ImportedOperation
{
    /// <summary>The tool's name: valid everywhere, and unique in the plan whatever is selected.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, for the model: the operation's summary and description, up to 2,000 characters.</summary>
    public required string Description { get; init; }

    /// <summary>The schema of its arguments: parameters and body as properties of one object, with the definitions they need.</summary>
    public required JsonElement InputSchema { get; init; }

    /// <summary>The request that it makes.</summary>
    public required HttpOperation Http { get; init; }

    /// <summary>
    /// What it does by its method: GET, HEAD, OPTIONS and QUERY read only; those, PUT and DELETE are idempotent; DELETE is destructive.
    /// </summary>
    public required ToolPolicy Policy { get; init; }

    /// <summary>The operation's tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The operation's own name; null where it has none.</summary>
    public string? OperationId { get; init; }

    /// <summary>Its method, in capitals.</summary>
    public required string Method { get; init; }

    /// <summary>Its path in the document.</summary>
    public required string Path { get; init; }

    /// <summary>Whether the document says that it should no longer be used.</summary>
    public bool IsDeprecated { get; init; }
}
