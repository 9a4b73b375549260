namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>dependentRequired</c>.</summary>
internal sealed class DependentRequiredEvaluator(Keyword keyword, (PresenceCheck Trigger, PresenceCheck[] Required)[] rules) : Evaluator
{
    public override ValueKinds Kinds => ValueKinds.Object;

    public override bool IsValid(int row, ref EvaluationRun run)
    {
        foreach (var (trigger, required) in rules)
        {
            if (!trigger.IsPresent(row, ref run))
                continue;
            foreach (var needed in required)
            {
                if (!needed.IsPresent(row, ref run))
                    return false;
            }
        }

        return true;
    }

    public override void Collect(int row, ref EvaluationRun run, ErrorSink sink)
    {
        foreach (var (trigger, required) in rules)
        {
            if (!trigger.IsPresent(row, ref run))
                continue;
            foreach (var needed in required)
            {
                if (!needed.IsPresent(row, ref run))
                    sink.Add(
                        row, keyword, $"the property '{needed.Shown}' is required where '{trigger.Shown}' is given, and missing",
                        $"the property '{needed.Shown}'", "nothing");
            }
        }
    }
}
