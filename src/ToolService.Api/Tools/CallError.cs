using ToolService.Api.Hosting.Errors;
using ToolService.Core.Execution;
using ToolService.Core.Schema;

namespace ToolService.Api.Tools;

/// <summary>Why a call has no result.</summary>
/// <param name="Code">The kind of failure.</param>
/// <param name="Message">What went wrong and what to change.</param>
/// <param name="Retryable">Whether the same call may succeed later.</param>
/// <param name="Errors">For invalid arguments, each violation.</param>
public sealed record CallError(ToolErrorCode Code, string Message, bool Retryable, IReadOnlyList<ProblemError>? Errors)
{
    /// <summary>The error as it is on the wire; null for none.</summary>
    public static CallError? Of(ToolError? error) =>
        error is null ? null : new CallError(error.Code, error.Message, error.Retryable, Places(error.Errors));

    /// <summary>Violations as they are on the wire.</summary>
    public static IReadOnlyList<ProblemError>? Places(IReadOnlyList<SchemaError>? errors) =>
        errors is null ? null : [.. errors.Select(Place)];

    private static ProblemError Place(SchemaError error) => new(
        error.Pointer, error.Keyword, error.Message, NullIfEmpty(error.SchemaPointer), NullIfEmpty(error.Expected), NullIfEmpty(error.Got));

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
