using System.Text.Json;

namespace ToolService.Api.Mcp;

/// <summary>What became of a form.</summary>
/// <param name="Action"><c>accept</c>, <c>decline</c> or <c>cancel</c>.</param>
/// <param name="Content">What was filled in, where it was accepted.</param>
internal sealed record FormAnswer(string Action, JsonElement? Content)
{
    /// <summary>The user sent the form.</summary>
    public bool IsAccepted => Action == "accept";

    /// <summary>The user said no.</summary>
    public bool IsDeclined => Action == "decline";

    public static FormAnswer? TryRead(JsonElement result) =>
        result.ValueKind is JsonValueKind.Object
        && result.TryGetProperty("action", out var action) && action.ValueKind is JsonValueKind.String
        && action.GetString() is "accept" or "decline" or "cancel"
            ? new FormAnswer(
                action.GetString()!,
                result.TryGetProperty("content", out var content) && content.ValueKind is JsonValueKind.Object ? content.Clone() : null)
            : null;
}
