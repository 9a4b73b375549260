using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ToolService.Core.Tools;

/// <summary>
/// What a tool returns that is more than text or one JSON value. The history and the API show it as it is, as an object with
/// <c>content_blocks</c>; a model reads <see cref="Text"/>.
/// </summary>
/// <param name="Blocks">The parts, in order.</param>
public sealed record ToolContent([property: JsonPropertyName(ToolContent.Member)] IReadOnlyList<ContentBlock> Blocks)
{
    private const string Member = "content_blocks";
    private const string Start = $$"""{"{{Member}}":[""";

    /// <summary>The same as one JSON value, where the tool gives both; null where it does not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Structured { get; init; }

    /// <summary>The result of this kind that a JSON text of the history is; null where it is another one.</summary>
    public static ToolContent? TryRead(string result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (!result.StartsWith(Start, StringComparison.Ordinal))
            return null;

        try
        {
            var content = JsonSerializer.Deserialize<ToolContent>(result, ToolJson.Options);
            return content is { Blocks: { } blocks } && blocks.All(block => block is { Type: not null }) ? content : null;
        }
        catch (JsonException)
        {
            // A tool's own object that happens to begin like one.
            return null;
        }
    }

    /// <summary>The result as text: the texts, and a line for whatever is none.</summary>
    public string Text() =>
        Structured is { } structured && !Blocks.Any(block => block.Type == "text")
            ? string.Join('\n', [.. Blocks.Select(Describe), structured.GetRawText()])
            : string.Join('\n', Blocks.Select(Describe));

    private static string Describe(ContentBlock block) => block.Type switch
    {
        "text" => block.Text ?? "",
        "resource" when block.Text is { } text => $"[resource {block.Uri}]\n{text}",
        "resource_link" => $"[link to {block.Name ?? "a resource"}: {block.Uri}]",
        var type => string.Create(
            CultureInfo.InvariantCulture,
            $"[{type}{Word(block.Uri)}{Word(block.MimeType)}, {(block.Data?.Length ?? 0L) * 3 / 4:N0} bytes; not shown as text]"),
    };

    private static string Word(string? word) => word is null ? "" : $" {word}";
}
