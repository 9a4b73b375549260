using System.Runtime.CompilerServices;
using ToolService.Core.Schema.Compilation;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>The state of one validation: the instance, what is left of the budgets, the dynamic scope. Passed by reference, so that a
/// verdict allocates nothing.</summary>
internal ref struct EvaluationRun
{
    private const int StackCheckMask = 15;
    private const int BytesPerStep = 4;

    /// <summary>The instance and the document that it stands in. A field: a property would copy it for every token that is read.</summary>
    public readonly JsonRows Rows;

    private const long Exhausted = long.MinValue / 2;

    private readonly int _root;
    private long _steps = SchemaLimits.BaseSteps;
    private bool _isExtended;
    private int _depth;
    private TimeSpan _patternTime;

    /// <param name="instance">The instance.</param>
    /// <param name="isBrief">Whether it may take only the steps that every instance may.</param>
    public EvaluationRun(in JsonIndex instance, bool isBrief = false)
    {
        Rows = instance.Rows;
        _root = instance.Root;
        _isExtended = isBrief;
    }

    /// <summary>The resources entered so far, innermost first; kept only by schemas with a <c>$dynamicRef</c>.</summary>
    public DynamicScope? Scope { get; set; }

    /// <summary>Why the run gave up, if it did.</summary>
    public AbortReason Aborted { get; private set; }

    public readonly bool IsAborted => Aborted != AbortReason.None;

    /// <summary>Opens one schema for one value; false where a budget is used up. Every true answer needs a <see cref="Leave"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryEnter()
    {
        if ((--_steps < 0 && !TryExtend()) || _depth >= SchemaLimits.MaxEvaluationDepth)
            return Refuse();
        if ((++_depth & StackCheckMask) != 0 || RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return true;

        _depth--;
        Abort(AbortReason.TooDeep);
        return false;
    }

    public void Leave() => _depth--;

    /// <summary>Counts schemas as open, or as closed where the number is negative, that are open without <see cref="TryEnter"/>.</summary>
    public void Deepen(int schemas) => _depth += schemas;

    /// <summary>Opens a schema's resource where dynamic references may ask for it; <see cref="Scope"/> must be put back after.</summary>
    public void EnterScope(SchemaResource resource)
    {
        if (resource.IsDynamicScope && Scope?.Resource != resource)
            Scope = new DynamicScope(resource, Scope);
    }

    /// <summary>Charges for work that opens no schema.</summary>
    public void Spend(int steps)
    {
        _steps -= steps;
        if (_steps < 0 && !TryExtend())
            Abort(AbortReason.TooMuchWork);
    }

    /// <summary>Charges for reading this many bytes of one value, which many schemas may do with the same long one.</summary>
    public void SpendReading(int bytes) => Spend(bytes / BytesPerStep);

    public void SpendPatternTime(TimeSpan time)
    {
        _patternTime += time;
        if (_patternTime > SchemaLimits.PatternTimeout)
            Abort(AbortReason.PatternTimeout);
    }

    public void Abort(AbortReason reason)
    {
        if (Aborted == AbortReason.None)
            Aborted = reason;
        _steps = Exhausted;
    }

    /// <summary>
    /// Adds the steps that the instance's length is good for, which nearly no instance needs; false where none are left then.
    /// </summary>
    private bool TryExtend()
    {
        if (!_isExtended)
            _steps += SchemaLimits.StepsPerByte * Rows.Raw(_root).Length;
        _isExtended = true;
        return _steps >= 0;
    }

    private bool Refuse()
    {
        Abort(_steps < 0 ? AbortReason.TooMuchWork : AbortReason.TooDeep);
        return false;
    }
}
