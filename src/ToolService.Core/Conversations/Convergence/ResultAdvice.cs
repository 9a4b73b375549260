using System.Text.Json;
using ToolService.Core.Execution;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations.Convergence;

/// <summary>Says what an empty result means, on which small models call the same again.</summary>
internal static class ResultAdvice
{
    // The longest text that is looked into: what is longer is not empty.
    private const int LongestEmpty = 1000;

    private const string NothingFound =
        "The tool worked and found nothing. Try it with other arguments, or another tool, or tell the user that nothing was found.";

    private const string Done = "The tool ran and has nothing to return. It is done; do not call it again for that.";

    /// <summary>What to say of a call that succeeded; null where its result speaks for itself.</summary>
    public static string? Of(CallRecord call, Tool? tool) =>
        call.Status is CallStatus.Succeeded && IsEmpty(call.Result) ? tool is { Policy.ReadOnly: true } ? NothingFound : Done : null;

    /// <summary>Whether a result holds nothing: no value, no text, no items, or members without any of these.</summary>
    internal static bool IsEmpty(string? result) =>
        result is null || (result.Length <= LongestEmpty && IsEmpty(JsonElement.Parse(result)));

    // False and 0 are answers.
    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.String => string.IsNullOrWhiteSpace(value.GetString()),
        JsonValueKind.Array => value.EnumerateArray().All(IsEmpty),
        JsonValueKind.Object => value.EnumerateObject().All(member => IsEmpty(member.Value)),
        _ => false,
    };
}
