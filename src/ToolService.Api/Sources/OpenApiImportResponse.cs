using ToolService.Core.Tools.OpenApi.Imports;

namespace ToolService.Api.Sources;

/// <summary>What came of an import.</summary>
public sealed record OpenApiImportResponse
{
    /// <summary>Whether nothing was changed.</summary>
    public required bool DryRun { get; init; }

    /// <summary>The API's name.</summary>
    public required string Title { get; init; }

    /// <summary>The API's version.</summary>
    public required string Version { get; init; }

    /// <summary>The servers that the document names.</summary>
    public required IReadOnlyList<string> Servers { get; init; }

    /// <summary>The operations that are tools.</summary>
    public required IReadOnlyList<ImportedToolView> Tools { get; init; }

    /// <summary>The tools that the source had before and has no more.</summary>
    public required IReadOnlyList<string> Removed { get; init; }

    /// <summary>The operations that the filters let pass and that are no tools.</summary>
    public required IReadOnlyList<SkippedOperationView> Skipped { get; init; }

    /// <summary>How many operations the filters left out.</summary>
    public required int FilteredCount { get; init; }

    /// <summary>The secrets that the tools need.</summary>
    public required IReadOnlyList<NeededSecretView> Secrets { get; init; }

    /// <summary>The source after the import; absent on a dry run.</summary>
    public SourceView? Source { get; init; }

    /// <summary>The result as it is on the wire.</summary>
    public static OpenApiImportResponse Of(ImportResult result, bool isDryRun) => new()
    {
        DryRun = isDryRun,
        Title = result.Plan!.Title,
        Version = result.Plan.Version,
        Servers = result.Plan.Servers,
        Tools = [.. result.Tools.Select(ImportedToolView.Of)],
        Removed = result.Removed,
        Skipped = [.. result.Skipped.Select(one => new SkippedOperationView(one.Method, one.Path, one.OperationId, one.Reason))],
        FilteredCount = result.FilteredCount,
        Secrets = [.. result.Secrets.Select(secret => new NeededSecretView(
            secret.Name, secret.IsKnown, result.Plan.SecuritySchemes.FirstOrDefault(scheme => scheme.SecretName == secret.Name)?.Description))],
        Source = result.Source is { } source ? SourceView.Of(source) : null,
    };
}
