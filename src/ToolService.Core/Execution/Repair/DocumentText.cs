using System.Text.Json;

namespace ToolService.Core.Execution.Repair;

/// <summary>Reads a whole text as one JSON document, strictly or, where that fails, as <see cref="LenientJson"/> does.</summary>
internal static class DocumentText
{
    /// <summary>The document; null where the text is none, is deeper than allowed, or has a member twice.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxDepth">The deepest nesting.</param>
    /// <param name="pointer">Where the document will stand in the arguments.</param>
    /// <param name="repairs">Gets what had to be changed.</param>
    public static JsonElement? TryRead(string text, int maxDepth, string pointer, List<ToolRepair> repairs)
    {
        if (maxDepth < 1)
            return null;
        if (TryParse(text, maxDepth) is { } document)
            return document;
        if (LenientJson.TryRewrite(text, maxDepth, out var kinds) is not { } json || TryParse(json, maxDepth) is not { } rewritten)
            return null;

        repairs.AddRange(kinds.Select(kind => new ToolRepair(kind, pointer, RepairText.Of(kind))));
        return rewritten;
    }

    private static JsonElement? TryParse(string text, int maxDepth)
    {
        try
        {
            return JsonElement.Parse(text, new JsonDocumentOptions { MaxDepth = maxDepth, AllowDuplicateProperties = false });
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
