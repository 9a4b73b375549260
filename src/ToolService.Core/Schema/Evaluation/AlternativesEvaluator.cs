using System.Text.Json;

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>anyOf</c>, and <c>oneOf</c> where exactly one alternative may hold.</summary>
internal sealed class AlternativesEvaluator(Keyword keyword, SchemaNode[] branches, bool exactlyOne) : IInPlaceApplicator
{
    public ValueKinds Kinds => ValueKinds.Any;

    public IEnumerable<SchemaNode> Branches => branches;

    public bool IsValid(JsonElement instance, ref EvaluationRun run)
    {
        var valid = 0;
        foreach (var branch in branches)
        {
            if (!branch.IsValid(instance, ref run))
                continue;
            valid++;
            if (!exactlyOne)
                return true;
            if (valid > 1)
                return false;
        }

        return valid == 1;
    }

    public void Collect(JsonElement instance, ref EvaluationRun run, ErrorSink sink)
    {
        List<int> valid = [];
        var closest = (Rank: int.MaxValue, Count: int.MaxValue, Index: 0, Errors: sink);
        for (var i = 0; i < branches.Length; i++)
        {
            var errors = sink.Branch();
            branches[i].Collect(instance, ref run, errors);
            var rank = Rank(errors);
            if (errors.Count == 0)
                valid.Add(i);
            else if ((rank, errors.Count).CompareTo((closest.Rank, closest.Count)) < 0)
                closest = (rank, errors.Count, i, errors);
        }

        if (valid.Count == 0)
        {
            sink.Add(instance, keyword, NoneMatches(closest.Index));
            sink.Add(closest.Errors);
        }
        else if (exactlyOne && valid.Count > 1)
        {
            var matches = string.Join(" and ", valid.Take(2).Select(i => i + 1));
            sink.Add(instance, keyword, $"must match exactly one of the {branches.Length} alternatives, but matches number {matches}");
        }
    }

    public void Mark(JsonElement instance, ref EvaluationRun run, EvaluatedMarks marks)
    {
        foreach (var branch in branches)
        {
            if (branch.IsValid(instance, ref run))
                branch.Mark(instance, ref run, marks);
        }
    }

    private string NoneMatches(int closest) =>
        branches.Length == 1
            ? $"must match the one alternative of '{keyword.Name}'"
            : $"must match {(exactlyOne ? "exactly one" : "one")} of {branches.Length} alternatives and matches none; the closest is number {closest + 1}";

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
                return 2;
            if (depth <= branch.Depth + 1 && error.Keyword is "const" or "enum")
                rank = 1;
        }

        return rank;
    }
}
