using ToolService.Core.Schema.Evaluation;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Generation;

/// <summary>
/// Whether a value certainly satisfies the schema that this was generated for. False says nothing: the evaluators have the last word.
/// </summary>
/// <param name="row">The row of the value.</param>
/// <param name="run">The run, to be thrown away where the answer is false.</param>
internal delegate bool GeneratedVerdict(ref JsonRow row, ref EvaluationRun run);
