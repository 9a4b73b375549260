using ToolService.Core.Tools.OpenApi.Imports;

namespace ToolService.Api.Sources;

/// <summary>An operation that is a tool.</summary>
/// <param name="Name">The tool's name.</param>
/// <param name="Method">The operation's method.</param>
/// <param name="Path">Its path in the document.</param>
/// <param name="OperationId">Its own name.</param>
/// <param name="Change">What is new about the tool; one that is <c>changed</c> is held back until it is approved.</param>
public sealed record ImportedToolView(string Name, string Method, string Path, string? OperationId, ImportChange Change)
{
    /// <summary>The tool as it is on the wire.</summary>
    public static ImportedToolView Of(ImportedTool tool) =>
        new(tool.Operation.Name, tool.Operation.Method, tool.Operation.Path, tool.Operation.OperationId, tool.Change);
}
