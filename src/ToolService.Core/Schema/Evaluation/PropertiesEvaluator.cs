using ToolService.Core.Schema.Patterns;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>
/// <c>properties</c>, <c>patternProperties</c>, <c>additionalProperties</c> and <c>required</c>, in one pass over the object.
/// </summary>
internal sealed class PropertiesEvaluator : Evaluator, IMarksEvaluated
{
    private const int WordBits = 64;
    private const int MaxStackWords = 8;

    private readonly (SchemaPattern Pattern, SchemaNode Schema)[] _patterns;
    private readonly PropertyErrors _errors;
    private readonly int _requiredCount;

    public PropertiesEvaluator(
        IReadOnlyList<PropertyRule> rules,
        IReadOnlyList<(SchemaPattern Pattern, SchemaNode Schema)> patterns,
        SchemaNode? additional,
        Keyword additionalKeyword,
        Keyword requiredKeyword)
    {
        Rules = [.. rules];
        Names = new NameTable(Rules.Select(rule => rule.Name));
        _patterns = [.. patterns];
        Additional = additional;
        _errors = new PropertyErrors(Rules, Names, _patterns, additional, additionalKeyword, requiredKeyword);
        _requiredCount = Rules.Count(rule => rule.RequiredIndex >= 0);
        AllRequired = Rules.Aggregate(0UL, (bits, rule) => bits | rule.RequiredBit);
    }

    public override ValueKinds Kinds => ValueKinds.Object;

    /// <summary>What is said of the properties, by the number of their names.</summary>
    public PropertyRule[] Rules { get; }

    public NameTable Names { get; }

    public bool HasPatterns => _patterns.Length > 0;

    /// <summary>The schema of all other properties; null where they are not mentioned.</summary>
    public SchemaNode? Additional { get; }

    /// <summary>The bits of all required properties, if they are 64 at most.</summary>
    public ulong AllRequired { get; }

    public override bool IsValid(int row, ref EvaluationRun run)
    {
        var count = run.Rows.Count(row);
        if (count < _requiredCount)
            return false;

        run.Spend(count);
        return _requiredCount <= WordBits && _patterns.Length == 0 ? HasFew(row, ref run) : HasMany(row, ref run);
    }

    public override void Collect(int row, ref EvaluationRun run, ErrorSink sink) => _errors.Collect(row, ref run, sink);

    public void Mark(int row, ref EvaluationRun run, scoped EvaluatedMarks marks)
    {
        if (Additional is not null)
        {
            marks.MarkAll();
            return;
        }

        var position = 0;
        for (var name = row + 1; name < run.Rows.End(row); name = run.Rows.Next(name + 1))
        {
            var index = Names.Find(run.Rows, name);
            if (index >= 0 && Rules[index].Schema is not null || MatchesPattern(name, ref run))
                marks.Mark(position);
            position++;
        }
    }

    /// <summary>The verdict where there are no patterns, and one word remembers which required properties have been seen.</summary>
    private bool HasFew(int row, ref EvaluationRun run)
    {
        var end = run.Rows.End(row);
        var seen = 0UL;
        var guess = 0;
        for (var name = row + 1; name < end; name = run.Rows.Next(name + 1))
        {
            var index = Names.Find(run.Rows, name, guess);
            var schema = Additional;
            if (index >= 0)
            {
                guess = index + 1;
                ref readonly var rule = ref Rules[index];
                seen |= rule.RequiredBit;
                schema = rule.Schema ?? schema;
            }

            if (schema is not null && !schema.IsValid(name + 1, ref run))
                return false;
        }

        return seen == AllRequired;
    }

    private bool HasMany(int row, ref EvaluationRun run)
    {
        var words = (_requiredCount + WordBits - 1) / WordBits;
        Span<ulong> seen = words <= MaxStackWords ? stackalloc ulong[words] : new ulong[words];
        var missing = _requiredCount;
        var guess = 0;
        for (var name = row + 1; name < run.Rows.End(row); name = run.Rows.Next(name + 1))
        {
            var index = Names.Find(run.Rows, name, guess);
            guess = index + 1;
            if (index >= 0 && IsFirstSight(seen, Rules[index].RequiredIndex))
                missing--;
            if (!IsPropertyValid(name, index >= 0 ? Rules[index].Schema : null, ref run))
                return false;
        }

        return missing == 0;
    }

    private static bool IsFirstSight(Span<ulong> seen, int requiredIndex)
    {
        if (requiredIndex < 0)
            return false;
        var bit = 1UL << requiredIndex % WordBits;
        var isFirst = (seen[requiredIndex / WordBits] & bit) == 0;
        seen[requiredIndex / WordBits] |= bit;
        return isFirst;
    }

    private bool IsPropertyValid(int name, SchemaNode? schema, ref EvaluationRun run)
    {
        if (schema is not null && !schema.IsValid(name + 1, ref run))
            return false;

        var evaluated = schema is not null;
        foreach (var (pattern, patternSchema) in _patterns)
        {
            if (!pattern.IsMatch(run.Rows.Content(name), ref run))
                continue;
            if (!patternSchema.IsValid(name + 1, ref run))
                return false;
            evaluated = true;
        }

        return evaluated || Additional is null || Additional.IsValid(name + 1, ref run);
    }

    private bool MatchesPattern(int name, ref EvaluationRun run)
    {
        foreach (var (pattern, _) in _patterns)
        {
            if (pattern.IsMatch(run.Rows.Content(name), ref run))
                return true;
        }

        return false;
    }
}
