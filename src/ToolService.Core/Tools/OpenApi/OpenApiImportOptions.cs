namespace ToolService.Core.Tools.OpenApi;

/// <summary>How the operations of a document become tools.</summary>
public sealed record OpenApiImportOptions
{
    /// <summary>
    /// What every tool's name begins with, before a <c>_</c>: up to 32 letters, digits, <c>_</c> and <c>-</c>. Default empty: names are
    /// those of the document alone.
    /// </summary>
    public string Prefix { get; init; } = "";

    /// <summary>Where requests go, in the place of all servers in the document: an absolute http or https URL. Default none.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Where the document comes from; relative server URLs in it are resolved against this. Default none.</summary>
    public Uri? DocumentUrl { get; init; }

    /// <summary>Values for variables in server URLs, in the place of their defaults.</summary>
    public IReadOnlyDictionary<string, string> ServerVariables { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The names of secrets by those of security schemes. Others are named by prefix and scheme: scheme <c>api_key</c> under prefix
    /// <c>petstore</c> is <c>PETSTORE_API_KEY</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    /// <summary>What an operation must match, every kind that is not empty. Default: everything matches.</summary>
    public OpenApiFilter Include { get; init; } = new();

    /// <summary>What an operation must not match, none of the kinds. Default: nothing.</summary>
    public OpenApiFilter Exclude { get; init; } = new();

    /// <summary>Whether deprecated operations become tools. Default true.</summary>
    public bool IncludeDeprecated { get; init; } = true;
}
