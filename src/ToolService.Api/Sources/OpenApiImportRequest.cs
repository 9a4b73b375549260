using System.Text.Json;

namespace ToolService.Api.Sources;

/// <summary>A document to import as tools.</summary>
public sealed record OpenApiImportRequest
{
    /// <summary>
    /// The source's name, with which the names of its tools begin: 1 to 32 of lower-case letters, digits, <c>_</c> and <c>-</c>. Importing under
    /// a name again replaces what was imported under it.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>The document: an object, or its text in JSON or YAML. Give this or <c>url</c>.</summary>
    public JsonElement? Document { get; init; }

    /// <summary>Where the document is. With <c>document</c> it is what relative server URLs are relative to.</summary>
    public string? Url { get; init; }

    /// <summary>Where requests go, in the place of the servers that the document names.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Values of variables in server URLs, in the place of their defaults.</summary>
    public IReadOnlyDictionary<string, string>? ServerVariables { get; init; }

    /// <summary>The names of secrets by those of the document's security schemes.</summary>
    public IReadOnlyDictionary<string, string>? Secrets { get; init; }

    /// <summary>What an operation must match, in every kind that is given.</summary>
    public OperationFilter? Include { get; init; }

    /// <summary>What an operation must not match.</summary>
    public OperationFilter? Exclude { get; init; }

    /// <summary>Whether deprecated operations become tools. Default true.</summary>
    public bool IncludeDeprecated { get; init; } = true;

    /// <summary>Whether only to tell what would come of it. Default false.</summary>
    public bool DryRun { get; init; }
}
