using ToolService.Core.Schema.Compilation;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>The schema resources that evaluation has entered, innermost first.</summary>
internal sealed record DynamicScope(SchemaResource Resource, DynamicScope? Outer);
