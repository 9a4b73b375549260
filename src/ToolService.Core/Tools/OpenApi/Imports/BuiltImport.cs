namespace ToolService.Core.Tools.OpenApi.Imports;

/// <summary>A document made into tools.</summary>
/// <param name="Plan">What the document says.</param>
/// <param name="Tools">Its operations and their tools.</param>
/// <param name="Skipped">The operations that are no tools.</param>
internal sealed record BuiltImport(
    ImportPlan Plan, IReadOnlyList<(ImportedOperation Operation, Tool Tool)> Tools, IReadOnlyList<SkippedOperation> Skipped);
