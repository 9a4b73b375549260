namespace ToolService.Core.Tools.OpenApi.Imports;

/// <summary>A document to import as the tools of one source.</summary>
/// <param name="Name">The source's name, with which the names of its tools begin.</param>
public sealed record ImportRequest(string Name)
{
    /// <summary>The document's text; null where <see cref="Url"/> says where it is.</summary>
    public string? Document { get; init; }

    /// <summary>Where the document is, and what relative server URLs in it are relative to; null where it came otherwise.</summary>
    public Uri? Url { get; init; }

    /// <summary>How to import it. Prefix and document URL are those of this request.</summary>
    public OpenApiImportOptions Options { get; init; } = new();

    /// <summary>Whether only to tell what would come of it. Default false.</summary>
    public bool IsDryRun { get; init; }
}
