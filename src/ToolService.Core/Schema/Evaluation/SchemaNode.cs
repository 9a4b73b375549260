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

    private readonly KindRules[] _byKind = new KindRules[KindCount];
    private Evaluator[] _all = [];

    public SchemaResource Resource { get; } = resource;

    public string Pointer { get; } = pointer;

    /// <summary>Whether this is the schema <c>false</c>, which has a message of its own wherever it stands.</summary>
    public bool RefusesEverything => _all is [FalseEvaluator];

    /// <summary>The kinds of values that nothing is asked of.</summary>
    public ValueKinds Accepted { get; private set; }

    public IEnumerable<IInPlaceApplicator> InPlaceApplicators => _all.OfType<IInPlaceApplicator>();

    /// <summary>
    /// Where there is only a reference, what it leads to, so that evaluation need not follow it. For when nodes are known not to lead
    /// back to themselves.
    /// </summary>
    private Evaluator[] Shortened =>
        _all is [RefEvaluator { Target: var target }] && !target.Resource.IsDynamicScope ? target.Shortened : _all;

    /// <summary>Fills the node, once. The order of the evaluators is the order of their errors at one place.</summary>
    public void Fill(IReadOnlyList<Evaluator> evaluators) => _all = [.. evaluators];

    /// <summary>Makes the node ready for use, once all nodes are filled and known not to lead back to themselves.</summary>
    public void Settle()
    {
        var evaluators = Shortened;
        List<KindRules> shared = [];
        for (var kind = 0; kind < KindCount; kind++)
        {
            var kinds = (ValueKinds)(1 << kind);
            var asked = Array.FindAll(evaluators, evaluator => (evaluator.Kinds & kinds) != 0);
            // Many kinds are asked the same, but a glance tells of numbers what it tells of nothing else.
            _byKind[kind] = kinds == ValueKinds.Number ? new KindRules(Resource, kinds, asked)
                : shared.Find(rules => rules.All.SequenceEqual(asked)) ?? Share(new KindRules(Resource, kinds, asked));
            if (asked.Length == 0 && (kinds & ValueKinds.Any) != 0)
                Accepted |= kinds;
        }

        KindRules Share(KindRules rules)
        {
            shared.Add(rules);
            return rules;
        }
    }

    public KindRules Rules(JsonTokenType kind) => _byKind[(int)kind];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsValid(int row, ref EvaluationRun run)
    {
        var kind = (int)run.Rows.Kind(row);
        return ((int)Accepted >> kind & 1) != 0 || _byKind[kind].IsValid(row, ref run);
    }

    public void Collect(int row, ref EvaluationRun run, ErrorSink sink)
    {
        if (!run.TryEnter())
            return;

        var outer = run.Scope;
        run.EnterScope(Resource);
        var inPlaceFailed = false;
        foreach (var evaluator in _byKind[(int)run.Rows.Kind(row)].All)
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
    public void Mark(int row, ref EvaluationRun run, scoped EvaluatedMarks marks, Evaluator? except = null)
    {
        if (marks.AreAll || !run.TryEnter())
            return;

        var outer = run.Scope;
        run.EnterScope(Resource);
        foreach (var evaluator in _byKind[(int)run.Rows.Kind(row)].All)
        {
            if (evaluator != except && evaluator is IMarksEvaluated marking)
                marking.Mark(row, ref run, marks);
        }

        run.Scope = outer;
        run.Leave();
    }
}
