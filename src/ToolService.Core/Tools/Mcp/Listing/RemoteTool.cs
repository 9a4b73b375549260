using System.Text.Json;

namespace ToolService.Core.Tools.Mcp.Listing;

/// <summary>A tool as a server describes it, within the service's bounds.</summary>
/// <param name="Name">What the server calls it.</param>
/// <param name="Title">Its name for people; null for none.</param>
/// <param name="Description">What it does.</param>
/// <param name="InputSchema">Its arguments.</param>
/// <param name="OutputSchema">Its structured result; null where the server promises none.</param>
/// <param name="Hints">What it says of itself.</param>
internal sealed record RemoteTool(
    string Name, string? Title, string Description, JsonElement InputSchema, JsonElement? OutputSchema, ToolHints Hints)
{
    private const int LongestName = 256;
    private const int LongestTitle = 200;
    private const int LongestDescription = 10_000;
    private const int LongestSchema = 256 * 1024;

    /// <exception cref="ToolDefinitionException">It is none that could be used.</exception>
    public static RemoteTool Read(JsonElement tool)
    {
        var name = Text(tool, "name");
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName)
            throw new ToolDefinitionException($"Its name is missing, or longer than {LongestName} characters.");

        var hints = Member(tool, "annotations", JsonValueKind.Object) is { } annotations ? ToolHints.Read(annotations) : new ToolHints();
        return new RemoteTool(
            name,
            RemoteText.Bound(Text(tool, "title") ?? hints.Title, LongestTitle),
            RemoteText.Bound(Text(tool, "description") ?? "", LongestDescription),
            Schema(tool, "inputSchema") ?? throw new ToolDefinitionException("It has no inputSchema."),
            Schema(tool, "outputSchema"),
            hints);
    }

    /// <summary>What a tool is called in reports of what was skipped, whatever it is.</summary>
    public static string NameOf(JsonElement tool) =>
        tool.ValueKind is JsonValueKind.Object && tool.TryGetProperty("name", out var name) && name.ValueKind is JsonValueKind.String
            ? RemoteText.Line(name.GetString()!, 100)
            : "(without a name)";

    internal static bool? Flag(JsonElement element, string member) =>
        element.TryGetProperty(member, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.Null => null,
                _ => throw Wrong(member),
            }
            : null;

    internal static string? Text(JsonElement element, string member) => Member(element, member, JsonValueKind.String)?.GetString();

    private static JsonElement? Schema(JsonElement tool, string member)
    {
        var schema = Member(tool, member, JsonValueKind.Object);
        return schema is { } found && found.GetRawText().Length > LongestSchema
            ? throw new ToolDefinitionException($"Its {member} has more than {LongestSchema:N0} characters.")
            : schema;
    }

    private static JsonElement? Member(JsonElement element, string member, JsonValueKind kind)
    {
        if (element.ValueKind is not JsonValueKind.Object)
            throw new ToolDefinitionException("It is not a JSON object.");
        if (!element.TryGetProperty(member, out var value) || value.ValueKind is JsonValueKind.Null)
            return null;
        return value.ValueKind == kind ? value : throw Wrong(member);
    }

    private static ToolDefinitionException Wrong(string member) => new($"Its '{member}' has the wrong JSON type.");
}
