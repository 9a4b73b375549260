namespace ToolService.Core.Tools.OpenApi;

/// <summary>What an import would make of a document.</summary>
public sealed record ImportPlan
{
    /// <summary>The API's name; empty where the document has none.</summary>
    public required string Title { get; init; }

    /// <summary>The API's version; empty where the document has none.</summary>
    public required string Version { get; init; }

    /// <summary>The servers that the document names, variables filled in; those that need a base URL as they are written.</summary>
    public required IReadOnlyList<string> Servers { get; init; }

    /// <summary>The ways in which the API asks callers to prove who they are.</summary>
    public required IReadOnlyList<ImportedSecurityScheme> SecuritySchemes { get; init; }

    /// <summary>The operations that become tools, in the document's order.</summary>
    public required IReadOnlyList<ImportedOperation> Operations { get; init; }

    /// <summary>The operations that do not, in the document's order.</summary>
    public required IReadOnlyList<SkippedOperation> Skipped { get; init; }

    /// <summary>The secrets that the tools need, each once, in the order of their names.</summary>
    public IReadOnlyList<string> Secrets =>
        [.. SecuritySchemes.Where(scheme => scheme.IsUsed).Select(scheme => scheme.SecretName!).Distinct().Order(StringComparer.Ordinal)];
}
