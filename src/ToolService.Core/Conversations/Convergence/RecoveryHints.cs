using System.Text.Json;
using ToolService.Core.Execution;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations.Convergence;

/// <summary>Says what to do about a kind of failure, beyond what the failure says itself.</summary>
internal static class RecoveryHints
{
    private const int MaxParameters = 3;
    private const int LongestSchema = 240;
    private const int MaxNames = 10;

    /// <summary>What to do next; null where there is nothing to add.</summary>
    /// <param name="call">A call that did not succeed.</param>
    /// <param name="tool">Its tool; null where there is none.</param>
    /// <param name="hasNearNames">For an unknown tool: whether the error names some that may have been meant.</param>
    /// <param name="names">The tools that the model has.</param>
    public static string? Of(CallRecord call, Tool? tool, bool hasNearNames, IEnumerable<string> names) => call.Error switch
    {
        null => null,
        { Code: ToolErrorCode.UnknownTool } when !hasNearNames => Offered([.. names]),
        { Code: ToolErrorCode.InvalidArguments } error when tool is not null =>
            Parameters(tool, (error.Errors ?? []).Select(found => found.Pointer)),
        { Code: ToolErrorCode.NotAllowed } => "Do not call it again in this turn. Use another tool, or say what you could not do.",
        { Code: ToolErrorCode.ConfirmationDenied } =>
            "Do not ask for it again, also not with other arguments, unless the user tells you to.",
        { Code: ToolErrorCode.ConfirmationExpired } =>
            "Do not ask for it again now; tell the user that it still needs to be approved.",
        { Code: ToolErrorCode.TimedOut, Retryable: true } => "Ask for less at once, or use another tool.",
        { Code: ToolErrorCode.TimedOut } => "Find out whether it had its effect before you call it again.",
        { Code: ToolErrorCode.Unavailable } => "Go on without it for now: use another tool, or answer with what you have.",
        { Code: ToolErrorCode.ToolFailed, Retryable: true } =>
            "It may work later. Do something else first, or say that it does not work now.",
        { Code: ToolErrorCode.ToolFailed } =>
            "The same call will fail again: change its arguments, use another tool, or tell the user what failed.",
        _ => null,
    };

    private static string? Offered(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "There are no tools now. Answer without.",
        <= MaxNames => $"Your tools are: {string.Join(", ", names)}.",
        _ => $"Your tools are: {string.Join(", ", names.Take(MaxNames))} and {names.Count - MaxNames} more.",
    };

    /// <summary>The parts of the schema that the errors are about, or else those of the parameters that are required.</summary>
    private static string? Parameters(Tool tool, IEnumerable<string> pointers)
    {
        if (!tool.InputSchema.TryGetProperty("properties", out var properties) || properties.ValueKind is not JsonValueKind.Object)
            return null;

        string[] required = tool.InputSchema.TryGetProperty("required", out var list)
            ? [.. list.EnumerateArray().Select(name => name.GetString()!)]
            : [];
        string[] named = [.. pointers.Select(Parameter).OfType<string>().Where(name => properties.TryGetProperty(name, out _)).Distinct()];
        var parameters =
            from name in named.Length > 0 ? named : required
            where properties.TryGetProperty(name, out _)
            select $"\"{name}\": {Cut(properties.GetProperty(name).GetRawText())}";
        string[] shown = [.. parameters.Take(MaxParameters)];
        return shown.Length == 0 ? null : $"What the tool takes: {string.Join("; ", shown)}.{Required(required)}";
    }

    private static string Required(string[] names) => names.Length == 0 ? "" : $" Required: {string.Join(", ", names)}.";

    private static string? Parameter(string pointer) =>
        pointer.Split('/') is [_, { Length: > 0 } first, ..]
            ? first.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)
            : null;

    private static string Cut(string json) => json.Length <= LongestSchema ? json : $"{json[..LongestSchema]}…";
}
