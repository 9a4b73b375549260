using System.Text.Json;
using ToolService.Core.Schema.Compilation;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>
/// One compiled schema. Its evaluators are sorted by the kind of value they look at, so that a string is never asked about its
/// properties. Created empty and filled later, because schemas refer to each other in circles.
/// </summary>
internal sealed class SchemaNode(SchemaResource resource, string pointer, bool tracksScope)
{
    private static readonly int KindCount = (int)JsonValueKind.Null + 1;

    private readonly IEvaluator[][] _byKind = [.. Enumerable.Repeat<IEvaluator[]>([], KindCount)];
    private IEvaluator[] _all = [];

    public SchemaResource Resource { get; } = resource;

    public string Pointer { get; } = pointer;

    /// <summary>Whether this is the schema <c>false</c>, which has a message of its own wherever it stands.</summary>
    public bool RefusesEverything => _all is [FalseEvaluator];

    public IEnumerable<IInPlaceApplicator> InPlaceApplicators => _all.OfType<IInPlaceApplicator>();

    /// <summary>Fills the node, once. The order of the evaluators is the order of their errors at one place.</summary>
    public void Fill(IReadOnlyList<IEvaluator> evaluators)
    {
        _all = [.. evaluators];
        for (var kind = 0; kind < KindCount; kind++)
            _byKind[kind] = [.. _all.Where(evaluator => ((int)evaluator.Kinds & 1 << kind) != 0)];
    }

    public bool IsValid(JsonElement instance, ref EvaluationRun run)
    {
        if (!run.TryEnter())
            return false;

        var outer = run.Scope;
        EnterScope(ref run);
        var isValid = true;
        foreach (var evaluator in _byKind[(int)instance.ValueKind])
        {
            if (evaluator.IsValid(instance, ref run))
                continue;
            isValid = false;
            break;
        }

        run.Scope = outer;
        run.Leave();
        return isValid;
    }

    public void Collect(JsonElement instance, ref EvaluationRun run, ErrorSink sink)
    {
        if (!run.TryEnter())
            return;

        var outer = run.Scope;
        EnterScope(ref run);
        var inPlaceFailed = false;
        foreach (var evaluator in _byKind[(int)instance.ValueKind])
        {
            // Where a branch failed, what it would have evaluated is unknown: calling that unexpected would mislead.
            if (evaluator is UnevaluatedEvaluator && inPlaceFailed)
                continue;
            var before = sink.Count;
            evaluator.Collect(instance, ref run, sink);
            inPlaceFailed |= sink.Count > before && evaluator is IInPlaceApplicator;
        }

        run.Scope = outer;
        run.Leave();
    }

    /// <summary>Marks what this schema evaluates in an instance that satisfies it.</summary>
    /// <param name="instance">An object or array.</param>
    /// <param name="run">The run.</param>
    /// <param name="marks">What has been evaluated so far.</param>
    /// <param name="except">The <c>unevaluated…</c> keyword that asks about its neighbours.</param>
    public void Mark(JsonElement instance, ref EvaluationRun run, EvaluatedMarks marks, IEvaluator? except = null)
    {
        if (!run.TryEnter())
            return;

        var outer = run.Scope;
        EnterScope(ref run);
        foreach (var evaluator in _byKind[(int)instance.ValueKind])
        {
            if (evaluator != except && evaluator is IMarksEvaluated marking)
                marking.Mark(instance, ref run, marks);
        }

        run.Scope = outer;
        run.Leave();
    }

    private void EnterScope(ref EvaluationRun run)
    {
        if (tracksScope && run.Scope?.Resource != Resource)
            run.Scope = new DynamicScope(Resource, run.Scope);
    }
}
