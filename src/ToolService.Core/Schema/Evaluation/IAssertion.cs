using System.Text.Json;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>A keyword that looks at the value itself and so has one verdict and one message.</summary>
internal interface IAssertion : IEvaluator
{
    Keyword Keyword { get; }

    /// <summary>What was expected: <c>must be at least 3</c>.</summary>
    string Expectation { get; }

    void IEvaluator.Collect(JsonElement instance, ref EvaluationRun run, ErrorSink sink)
    {
        if (!IsValid(instance, ref run) && !run.IsAborted)
            sink.Add(instance, Keyword, $"{Expectation}, got {Values.JsonDisplay.Describe(instance)}");
    }
}
