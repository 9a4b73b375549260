using System.Text.Json;

namespace ToolService.Core.Execution.Repair;

/// <summary>Finds the one JSON object that arguments which are none can be read as.</summary>
internal static class TextRepair
{
    private const string Fence = "```";
    private static readonly char[] Space = [' ', '\t', '\r', '\n'];

    /// <summary>The object as JSON text; null where there is none, or more than one reading.</summary>
    /// <param name="text">The arguments as they were sent.</param>
    /// <param name="maxDepth">The deepest nesting.</param>
    /// <param name="repairs">Gets what had to be changed.</param>
    public static string? TryRepair(string text, int maxDepth, List<ToolRepair> repairs)
    {
        if (text.Length > RepairLimits.MaxCharacters)
            return null;
        var document = TryRead(text, maxDepth, repairs);
        if (document is { ValueKind: JsonValueKind.String } quoted && TextOf(quoted) is { } inner)
        {
            repairs.Add(new ToolRepair(ToolRepairKind.JsonInString, "", RepairText.Of(ToolRepairKind.JsonInString)));
            document = TryRead(inner, maxDepth, repairs);
        }

        return document is { ValueKind: JsonValueKind.Object } found ? found.GetRawText() : null;
    }

    private static JsonElement? TryRead(string text, int maxDepth, List<ToolRepair> repairs)
    {
        if (WithoutFence(text) is not { } body)
            return DocumentText.TryRead(text, maxDepth, "", repairs);

        repairs.Add(new ToolRepair(ToolRepairKind.CodeFence, "", RepairText.Of(ToolRepairKind.CodeFence)));
        return DocumentText.TryRead(body, maxDepth, "", repairs);
    }

    /// <summary>What a string says; null where it is not valid Unicode.</summary>
    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? WithoutFence(string text)
    {
        var body = text.Trim(Space);
        if (body.Length < 2 * Fence.Length || !body.StartsWith(Fence, StringComparison.Ordinal) || !body.EndsWith(Fence, StringComparison.Ordinal))
            return null;

        body = body[Fence.Length..^Fence.Length];
        return body[body.TakeWhile(char.IsAsciiLetterOrDigit).Count()..].Trim(Space);
    }
}
