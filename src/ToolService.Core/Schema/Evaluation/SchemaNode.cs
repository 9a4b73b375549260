using System.Runtime.CompilerServices;
using System.Text.Json;
using ToolService.Core.Schema.Compilation;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>
/// One compiled schema. Its evaluators are sorted by the kind of value they look at, so that a string is never asked about its
/// properties. Created empty and filled later, because schemas refer to each other in circles.
/// </summary>
internal sealed class SchemaNode(SchemaResource resource, string pointer)
{
    private const int KindCount = 12;

    private readonly Evaluator[][] _byKind = [.. Enumerable.Repeat<Evaluator[]>([], KindCount)];
    private Evaluator[] _all = [];

    // The kinds that nothing is asked of, and those of which only assertions ask, which go no deeper.
    private ValueKinds _accepted = ValueKinds.Any;
    private ValueKinds _flat;

    public SchemaResource Resource { get; } = resource;

    public string Pointer { get; } = pointer;

    /// <summary>Whether this is the schema <c>false</c>, which has a message of its own wherever it stands.</summary>
    public bool RefusesEverything => _all is [FalseEvaluator];

    public IEnumerable<IInPlaceApplicator> InPlaceApplicators => _all.OfType<IInPlaceApplicator>();

    /// <summary>Fills the node, once. The order of the evaluators is the order of their errors at one place.</summary>
    public void Fill(IReadOnlyList<Evaluator> evaluators)
    {
        _all = [.. evaluators];
        for (var kind = 0; kind < KindCount; kind++)
            FillKind(kind);
    }

    /// <summary>
    /// Takes over what a reference leads to where there is nothing else, so that evaluation need not follow it. For when all nodes are
    /// filled and known not to lead back to themselves.
    /// </summary>
    public void Shorten()
    {
        if (_all is not [RefEvaluator { Target: var target }] || target.Resource.IsDynamicScope)
            return;
        target.Shorten();
        target._byKind.CopyTo(_byKind, 0);
        (_accepted, _flat) = (target._accepted, target._flat);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsValid(int row, ref EvaluationRun run)
    {
        var kind = run.Rows.Kind(row);
        return ((int)_accepted >> (int)kind & 1) != 0 || IsValid(row, kind, ref run);
    }

    public void Collect(int row, ref EvaluationRun run, ErrorSink sink)
    {
        if (!run.TryEnter())
            return;

        var outer = run.Scope;
        EnterScope(ref run);
        var inPlaceFailed = false;
        foreach (var evaluator in _byKind[(int)run.Rows.Kind(row)])
        {
            // Where a branch failed, what it would have evaluated is unknown: calling that unexpected would mislead.
            if (evaluator is UnevaluatedEvaluator && inPlaceFailed)
                continue;
            var before = sink.Count;
            evaluator.Collect(row, ref run, sink);
            inPlaceFailed |= sink.Count > before && evaluator is IInPlaceApplicator;
        }

        run.Scope = outer;
        run.Leave();
    }

    /// <summary>Marks what this schema evaluates in an instance that satisfies it.</summary>
    /// <param name="row">An object or array.</param>
    /// <param name="run">The run.</param>
    /// <param name="marks">What has been evaluated so far.</param>
    /// <param name="except">The <c>unevaluated…</c> keyword that asks about its neighbours.</param>
    public void Mark(int row, ref EvaluationRun run, EvaluatedMarks marks, Evaluator? except = null)
    {
        if (!run.TryEnter())
            return;

        var outer = run.Scope;
        EnterScope(ref run);
        foreach (var evaluator in _byKind[(int)run.Rows.Kind(row)])
        {
            if (evaluator != except && evaluator is IMarksEvaluated marking)
                marking.Mark(row, ref run, marks);
        }

        run.Scope = outer;
        run.Leave();
    }

    private void FillKind(int kind)
    {
        _byKind[kind] = [.. _all.Where(evaluator => ((int)evaluator.Kinds & 1 << kind) != 0)];
        if (_byKind[kind].Length > 0)
            _accepted &= (ValueKinds)~(1 << kind);
        if (Array.TrueForAll(_byKind[kind], evaluator => evaluator is Assertion))
            _flat |= (ValueKinds)(1 << kind);
    }

    private bool IsValid(int row, JsonTokenType kind, ref EvaluationRun run)
    {
        var evaluators = _byKind[(int)kind];
        if (((int)_flat >> (int)kind & 1) != 0)
            return AreValid(evaluators, row, ref run);
        if (!run.TryEnter())
            return false;

        var isValid = Resource.IsDynamicScope ? AreValidInScope(evaluators, row, ref run) : AreValid(evaluators, row, ref run);
        run.Leave();
        return isValid;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreValid(Evaluator[] evaluators, int row, ref EvaluationRun run)
    {
        foreach (var evaluator in evaluators)
        {
            if (!evaluator.IsValid(row, ref run))
                return false;
        }

        return true;
    }

    private bool AreValidInScope(Evaluator[] evaluators, int row, ref EvaluationRun run)
    {
        var outer = run.Scope;
        EnterScope(ref run);
        var areValid = AreValid(evaluators, row, ref run);
        run.Scope = outer;
        return areValid;
    }

    private void EnterScope(ref EvaluationRun run)
    {
        if (Resource.IsDynamicScope && run.Scope?.Resource != Resource)
            run.Scope = new DynamicScope(Resource, run.Scope);
    }
}
