namespace ToolService.Core.Execution;

/// <summary>What became of a decision, with what is then known.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Confirmation">The confirmation as it is now.</param>
/// <param name="Result">The call's result, when it was decided.</param>
/// <param name="Error">What is wrong with the edited arguments, or why the tool may not run.</param>
/// <param name="IsRepeat">Whether this is what came of the same decision before, sent with the same idempotency key.</param>
public sealed record DecisionResult(
    DecisionOutcome Outcome, Confirmation Confirmation, ToolResult? Result = null, ToolError? Error = null, bool IsRepeat = false);
