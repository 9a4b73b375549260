namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>anyOf</c>, and <c>oneOf</c> where exactly one alternative may hold.</summary>
internal sealed class AlternativesEvaluator(Keyword keyword, SchemaNode[] branches, bool exactlyOne) : Evaluator, IInPlaceApplicator
{
    private const int OtherType = 2;

    public override ValueKinds Kinds => ValueKinds.Any;

    public IEnumerable<SchemaNode> Branches => branches;

    public bool ExactlyOne => exactlyOne;

    public override bool IsValid(int row, ref EvaluationRun run)
    {
        var valid = 0;
        foreach (var branch in branches)
        {
            if (!branch.IsValid(row, ref run))
                continue;
            valid++;
            if (!exactlyOne)
                return true;
            if (valid > 1)
                return false;
        }

        return valid == 1;
    }

    public override void Collect(int row, ref EvaluationRun run, ErrorSink sink)
    {
        List<int> valid = [];
        List<(int Index, int Rank, ErrorSink Errors)> failed = [];
        for (var i = 0; i < branches.Length; i++)
        {
            var errors = sink.Branch();
            branches[i].Collect(row, ref run, errors);
            if (errors.Count == 0)
                valid.Add(i);
            else
                failed.Add((i, Rank(errors), errors));
        }

        if (valid.Count == 0)
            AddNoneMatches(row, failed, sink);
        else if (exactlyOne && valid.Count > 1)
            AddSeveralMatch(row, valid, sink);
    }

    public void Mark(int row, ref EvaluationRun run, scoped EvaluatedMarks marks)
    {
        foreach (var branch in branches)
        {
            if (!branch.IsValid(row, ref run))
                continue;
            branch.Mark(row, ref run, marks);
            if (exactlyOne)
                return;
        }
    }

    private void AddNoneMatches(int row, List<(int Index, int Rank, ErrorSink Errors)> failed, ErrorSink sink)
    {
        // Each alternative asks for another type of value: naming them all says more than the errors of any one.
        if (failed.TrueForAll(branch => branch.Rank == OtherType && branch.Errors.Count == 1))
        {
            var types = failed.Select(branch => branch.Errors.Listed.First().Error.Expected).Distinct(StringComparer.Ordinal);
            sink.Add(row, keyword, new Expectation("must be", string.Join(" or ", types)));
            return;
        }

        var (index, _, errors) = failed.MinBy(branch => (branch.Rank, branch.Errors.Count));
        var expected = branches.Length == 1
            ? $"the one alternative of '{keyword.Name}'"
            : $"{(exactlyOne ? "exactly one" : "one")} of {branches.Length} alternatives";
        var closest = branches.Length == 1 ? "" : $" and matches none; the closest is number {index + 1}";
        sink.Add(row, keyword, $"must match {expected}{closest}", expected, "none that matches");
        sink.Add(errors);
    }

    private void AddSeveralMatch(int row, List<int> valid, ErrorSink sink)
    {
        var matches = $"number {string.Join(" and ", valid.Take(2).Select(i => i + 1))}";
        var expected = $"exactly one of the {branches.Length} alternatives";
        sink.Add(row, keyword, $"must match {expected}, but matches {matches}", expected, matches);
    }

    /// <summary>
    /// How far off a branch is before its errors are counted: a branch for another type of value is furthest, one whose <c>const</c>
    /// or <c>enum</c> says that it is for another case is next.
    /// </summary>
    private static int Rank(ErrorSink branch)
    {
        var rank = 0;
        foreach (var (error, depth) in branch.Listed)
        {
            if (depth == branch.Depth && error.Keyword is "type" or FalseEvaluator.Name)
                return OtherType;
            if (depth <= branch.Depth + 1 && error.Keyword is "const" or "enum")
                rank = 1;
        }

        return rank;
    }
}
