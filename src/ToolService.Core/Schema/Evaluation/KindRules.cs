using System.Runtime.CompilerServices;
using ToolService.Core.Schema.Compilation;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>What a schema asks of values of one kind, in the order in which a verdict is found soonest.</summary>
internal sealed class KindRules
{
    private readonly SchemaResource _resource;
    private readonly Glance _glance = new();
    private readonly bool _isFlat;

    /// <param name="resource">The resource that the schema belongs to, complete.</param>
    /// <param name="kind">The kind of values.</param>
    /// <param name="evaluators">What looks at values of this kind.</param>
    public KindRules(SchemaResource resource, ValueKinds kind, IEnumerable<Evaluator> evaluators)
    {
        _resource = resource;
        All = [.. evaluators];
        List<Evaluator> others = [];
        foreach (var evaluator in All)
        {
            if (evaluator is not Assertion assertion || !assertion.TryNarrow(kind, ref _glance))
                others.Add(evaluator);
        }

        Others = [.. others];
        _isFlat = Array.TrueForAll(All, evaluator => evaluator is Assertion);
        if (resource.IsDynamicScope)
            return;
        Properties = others is [PropertiesEvaluator properties] ? properties : null;
        Items = others is [ItemsEvaluator items] ? items : null;
    }

    /// <summary>All evaluators, in the order of their errors.</summary>
    public Evaluator[] All { get; }

    /// <summary>What the glance tells.</summary>
    public Glance Glance => _glance;

    /// <summary>The evaluators that are asked also where the glance is sure.</summary>
    public Evaluator[] Others { get; }

    /// <summary>Whether there is a scope to enter.</summary>
    public bool HasScope => _resource.IsDynamicScope;

    /// <summary>Whether no value of the kind is valid, whatever else is asked of it.</summary>
    public bool RefuseAll => Array.Exists(Others, other => other is FalseEvaluator or TypeEvaluator);

    /// <summary>The only other evaluator, where it is this one and there is no scope to enter.</summary>
    public PropertiesEvaluator? Properties { get; }

    /// <inheritdoc cref="Properties"/>
    public ItemsEvaluator? Items { get; }

    public bool IsValid(int row, ref EvaluationRun run)
    {
        var isSure = _glance.IsSure(run.Rows, row);
        if (_isFlat)
            return AreValid(isSure ? Others : All, row, ref run);
        if (!run.TryEnter())
            return false;

        var isValid = isSure && Properties is { } properties ? properties.IsValid(row, ref run)
            : isSure && Items is { } items ? items.IsValid(row, ref run)
            : AreValidInScope(isSure ? Others : All, row, ref run);
        run.Leave();
        return isValid;
    }

    private bool AreValidInScope(Evaluator[] evaluators, int row, ref EvaluationRun run)
    {
        var outer = run.Scope;
        run.EnterScope(_resource);
        var areValid = AreValid(evaluators, row, ref run);
        run.Scope = outer;
        return areValid;
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
}
