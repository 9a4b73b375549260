namespace ToolService.Core.Tools.OpenApi.Imports;

/// <summary>An operation that is a tool.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Change">What is new about the tool.</param>
public sealed record ImportedTool(ImportedOperation Operation, ImportChange Change);
