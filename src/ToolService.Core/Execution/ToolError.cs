using ToolService.Core.Schema;

namespace ToolService.Core.Execution;

/// <summary>Why a tool call has no result, in words that help the model correct itself.</summary>
/// <param name="Code">The kind of failure.</param>
/// <param name="Message">What went wrong and what to change.</param>
/// <param name="Retryable">Whether the same call may succeed later.</param>
/// <param name="Errors">For <see cref="ToolErrorCode.InvalidArguments"/>: each violated keyword.</param>
public sealed record ToolError(ToolErrorCode Code, string Message, bool Retryable = false, IReadOnlyList<SchemaError>? Errors = null);
