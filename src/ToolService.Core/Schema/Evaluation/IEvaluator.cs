using System.Text.Json;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>Enforces a keyword, or several that belong together. Immutable once compiled.</summary>
internal interface IEvaluator
{
    /// <summary>The kinds of values that it is asked about.</summary>
    ValueKinds Kinds { get; }

    /// <summary>The verdict alone: stops at the first violation and allocates nothing where the keyword allows that.</summary>
    bool IsValid(JsonElement instance, ref EvaluationRun run);

    /// <summary>Adds every violation to the sink.</summary>
    void Collect(JsonElement instance, ref EvaluationRun run, ErrorSink sink);
}
