using ToolService.Core.Schema.Compilation;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>
/// <c>$dynamicRef</c> to a <c>$dynamicAnchor</c>, or <c>$recursiveRef</c> to a <c>$recursiveAnchor</c>: the outermost resource entered
/// so far that has the anchor decides.
/// </summary>
/// <param name="initial">The target where no resource in scope has the anchor.</param>
/// <param name="targets">The schemas with that anchor, by resource.</param>
internal sealed class DynamicRefEvaluator(SchemaNode initial, IReadOnlyDictionary<SchemaResource, SchemaNode> targets) : Evaluator, IInPlaceApplicator
{
    public override ValueKinds Kinds => ValueKinds.Any;

    /// <summary>
    /// Where several schemas may apply, which of them is known only when evaluating, and the depth limit ends a circle.
    /// </summary>
    public IEnumerable<SchemaNode> Branches => targets.Count == 1 ? [initial] : [];

    public override bool IsValid(int row, ref EvaluationRun run) => Resolve(ref run).IsValid(row, ref run);

    public override void Collect(int row, ref EvaluationRun run, ErrorSink sink) => Resolve(ref run).Collect(row, ref run, sink);

    public void Mark(int row, ref EvaluationRun run, scoped EvaluatedMarks marks) => Resolve(ref run).Mark(row, ref run, marks);

    private SchemaNode Resolve(ref EvaluationRun run)
    {
        var target = initial;
        for (var scope = run.Scope; scope is not null; scope = scope.Outer)
        {
            run.Spend(1);
            target = targets.GetValueOrDefault(scope.Resource, target);
        }

        return target;
    }
}
