using ToolService.Core.Schema;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Execution;

/// <summary>The service's own words for what kept a call from its result.</summary>
internal static class ToolErrors
{
    public static readonly ToolError CancelledInQueue = new(ToolErrorCode.Cancelled, "The call was cancelled before it ran.");

    public static readonly ToolError StoppedInQueue =
        new(ToolErrorCode.Cancelled, "The operator stopped the service before the call ran.", Retryable: true);

    public static readonly ToolError CutOff = new(
        ToolErrorCode.InvalidArguments, "The arguments were cut off at the model's output limit; send fewer or shorter arguments.");

    public static readonly ToolError Conflict =
        new(ToolErrorCode.CallIdConflict, "This call id was used for another tool or with other arguments. Use a new id for a new call.");

    public static readonly ToolError Expired = new(ToolErrorCode.ConfirmationExpired, "Nobody decided on this call in time; it did not run.");

    public static ToolError OutcomeUnknown(string toolName) =>
        new(ToolErrorCode.OutcomeUnknown,
            $"The service stopped while '{toolName}' ran. It may or may not have had its effect, and was not run again. Check before you call it again.");

    public static ToolError Unknown(string name, IReadOnlyList<string> near) =>
        new(ToolErrorCode.UnknownTool,
            near.Count == 0 ? $"There is no tool '{Shorten(name)}'." : $"There is no tool '{Shorten(name)}'. Did you mean {string.Join(" or ", near)}?");

    public static ToolError Held(string name, string source) => new(
        ToolErrorCode.NotAllowed,
        $"The tool '{Shorten(name)}' is held back: source '{source}' changed its definition, and nobody has approved the new one yet.");

    public static ToolError SourceFailed(string name, SourceStatus source) => new(
        ToolErrorCode.Unavailable,
        $"'{Shorten(name)}' cannot be found now: source '{source.Name}', whose tools are named like it, failed. {source.Error}",
        Retryable: true);

    public static ToolError NotAllowed(string name) => new(ToolErrorCode.NotAllowed, $"The tool '{name}' may not be used here.");

    public static ToolError Invalid(Tool tool, IReadOnlyList<SchemaError> errors) =>
        new(ToolErrorCode.InvalidArguments, $"The arguments do not satisfy the schema of '{tool.Name}':\n{SchemaErrorText.Summarize(errors)}", Errors: errors);

    public static ToolError Denied(string? reason) =>
        new(ToolErrorCode.ConfirmationDenied,
            string.IsNullOrWhiteSpace(reason) ? "A person denied this call; it did not run." : $"A person denied this call; it did not run. Their reason: {reason}");

    public static ToolError TimedOut(Tool tool, TimeSpan timeout) =>
        new(ToolErrorCode.TimedOut, $"'{tool.Name}' took longer than {timeout.TotalSeconds:0.###} s and was abandoned.{MayHaveHappened(tool)}",
            Retryable: tool.Policy.MayRunAgain);

    public static ToolError Cancelled(Tool tool, CancelledBy by) =>
        new(ToolErrorCode.Cancelled,
            by switch
            {
                CancelledBy.Operator => "The operator stopped the service; the call was cancelled while it ran.",
                CancelledBy.Shutdown => "The service is stopping; the call was cancelled while it ran.",
                _ => "The call was cancelled while it ran.",
            } + MayHaveHappened(tool),
            Retryable: by is not CancelledBy.Caller && tool.Policy.MayRunAgain);

    public static ToolError Stopped(ServiceState state) =>
        new(ToolErrorCode.Stopped, $"The call did not run. {state.Explain()}", Retryable: true);

    public static ToolError Paused(Tool tool, TimeSpan? retryAfter) =>
        new(ToolErrorCode.Unavailable,
            retryAfter is { } wait
                ? $"'{tool.Name}' failed so often that it is paused; try again in {Math.Max(1, Math.Ceiling(wait.TotalSeconds)):0} s."
                : $"'{tool.Name}' failed so often that it is paused; try again later.",
            Retryable: true);

    public static ToolError Unexpected(Tool tool, string incident) =>
        new(ToolErrorCode.ToolFailed, $"'{tool.Name}' failed unexpectedly. The operator finds the details in the log under {incident}.");

    private static string MayHaveHappened(Tool tool) => tool.Policy.ReadOnly ? "" : " It may have had its effect.";

    /// <summary>A tool name as it may stand in records and messages: names that no tool can have may be of any length and hold anything.</summary>
    public static string Shorten(string name)
    {
        if (name.Length <= 80 && !name.Any(char.IsControl))
            return name;

        var printable = string.Concat(name.Take(80).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
        return name.Length <= 80 ? printable : $"{printable}…";
    }
}
