using ToolService.Core.Tools.OpenApi;

namespace ToolService.Api.Sources;

/// <summary>Selects operations of a document.</summary>
public sealed record OperationFilter
{
    /// <summary>Tags; an operation has one of them.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Paths as the document has them; <c>*</c> stands for any run of characters.</summary>
    public IReadOnlyList<string>? Paths { get; init; }

    /// <summary>Operation ids; <c>*</c> stands for any run of characters.</summary>
    public IReadOnlyList<string>? OperationIds { get; init; }

    /// <summary>Methods, such as <c>GET</c>.</summary>
    public IReadOnlyList<string>? Methods { get; init; }

    internal OpenApiFilter ToFilter() =>
        new() { Tags = Tags ?? [], Paths = Paths ?? [], OperationIds = OperationIds ?? [], Methods = Methods ?? [] };
}
