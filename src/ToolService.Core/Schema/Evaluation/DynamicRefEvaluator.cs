using System.Text.Json;
using ToolService.Core.Schema.Compilation;

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>$dynamicRef</c> to a <c>$dynamicAnchor</c>: the outermost resource entered so far that has the anchor decides.</summary>
/// <param name="initial">The target where no resource in scope has the anchor.</param>
/// <param name="targets">The schemas with that anchor, by resource.</param>
internal sealed class DynamicRefEvaluator(SchemaNode initial, IReadOnlyDictionary<SchemaResource, SchemaNode> targets) : IInPlaceApplicator
{
    public ValueKinds Kinds => ValueKinds.Any;

    /// <summary>None: which schema applies is known only when evaluating, where the depth limit ends a circle.</summary>
    public IEnumerable<SchemaNode> Branches => [];

    public bool IsValid(JsonElement instance, ref EvaluationRun run) => Resolve(ref run).IsValid(instance, ref run);

    public void Collect(JsonElement instance, ref EvaluationRun run, ErrorSink sink) => Resolve(ref run).Collect(instance, ref run, sink);

    public void Mark(JsonElement instance, ref EvaluationRun run, EvaluatedMarks marks) => Resolve(ref run).Mark(instance, ref run, marks);

    private SchemaNode Resolve(ref EvaluationRun run)
    {
        var target = initial;
        for (var scope = run.Scope; scope is not null; scope = scope.Outer)
            target = targets.GetValueOrDefault(scope.Resource, target);
        return target;
    }
}
