namespace ToolService.Core.Tools.OpenApi;

/// <summary>
/// Selects operations. Kinds that are empty select nothing and refuse nothing. Case does not count, except in paths. Each list has
/// up to 100 entries of 1 to 500 characters.
/// </summary>
public sealed record OpenApiFilter
{
    /// <summary>Tags; an operation has one of them.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Paths as the document has them; <c>*</c> stands for any run of characters.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Operation ids; <c>*</c> stands for any run of characters.</summary>
    public IReadOnlyList<string> OperationIds { get; init; } = [];

    /// <summary>Methods, such as <c>GET</c>.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];
}
