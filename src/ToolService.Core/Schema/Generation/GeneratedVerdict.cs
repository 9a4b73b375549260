using ToolService.Core.Schema.Evaluation;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Generation;

/// <summary>
/// Whether a value satisfies the schema that this was generated for. Says nothing where the run is aborted: the evaluators have the last
/// word then.
/// </summary>
/// <param name="row">The row of the value.</param>
/// <param name="run">The run, to be thrown away.</param>
internal delegate bool GeneratedVerdict(ref JsonRow row, ref EvaluationRun run);
