namespace ToolService.Core.Schema.Evaluation;

/// <summary>A keyword that applies other schemas to the same value, such as <c>allOf</c> and <c>$ref</c>.</summary>
internal interface IInPlaceApplicator : IMarksEvaluated
{
    /// <summary>The schemas that are known when compiling; the compiler refuses a cycle of them, which would never end.</summary>
    IEnumerable<SchemaNode> Branches { get; }
}
