using System.Text.Json;

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>dependentRequired</c>.</summary>
internal sealed class DependentRequiredEvaluator(Keyword keyword, IReadOnlyList<(PresenceCheck Trigger,
    PresenceCheck[] Required)> rules) : IEvaluator
{
    public ValueKinds Kinds => ValueKinds.Object;

    public bool IsValid(JsonElement instance, ref EvaluationRun run)
    {
        foreach (var (trigger, required) in rules)
        {
            if (trigger.IsPresent(instance, ref run) && CountMissing(instance, required, ref run) > 0)
                return false;
        }

        return true;
    }

    public void Collect(JsonElement instance, ref EvaluationRun run, ErrorSink sink)
    {
        foreach (var (trigger, required) in rules)
        {
            if (!trigger.IsPresent(instance, ref run))
                continue;
            foreach (var needed in required)
            {
                if (!needed.IsPresent(instance, ref run))
                    sink.Add(instance, keyword, $"the property '{needed.Shown}' is required where '{trigger.Shown}' is given, and missing");
            }
        }
    }

    private static int CountMissing(JsonElement instance, PresenceCheck[] required, ref EvaluationRun run)
    {
        var missing = 0;
        foreach (var needed in required)
            missing += needed.IsPresent(instance, ref run) ? 0 : 1;
        return missing;
    }
}
