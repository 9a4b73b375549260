using System.Text.Json;
using ToolService.Core.Schema.Values;
using ToolService.Core.Tools.OpenApi.Reading;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>A request body as the document says it, references resolved.</summary>
/// <param name="IsRequired">Whether a request must have one.</param>
/// <param name="Description">What it is for; null where the document does not say.</param>
/// <param name="Content">Its content types, and what each holds.</param>
/// <param name="Node">Where it stands.</param>
internal sealed record DeclaredBody(
    bool IsRequired, string? Description, IReadOnlyDictionary<string, DocumentNode> Content, DocumentNode Node)
{
    private const int MostContentTypes = 100;

    /// <summary>The operation's body; null where it has none.</summary>
    /// <exception cref="OpenApiException">It cannot be read.</exception>
    public static DeclaredBody? Of(DeclaredOperation operation, DocumentReferences references, ReadBudget budget)
    {
        if (operation.Node.Find("requestBody") is not { } declared || declared.Value.ValueKind == JsonValueKind.Null)
            return null;
        var node = references.Resolve(declared).AsObject("A request body");
        budget.Spend(node);
        if (node.Find("content") is not { } content)
            throw node.Refuse("A request body must have 'content'.");
        var types = new Dictionary<string, DocumentNode>(StringComparer.Ordinal);
        foreach (var (type, media) in content.AsObject("'content'").Members().Take(MostContentTypes))
            types[type] = Media(type, media, references, budget);
        return new DeclaredBody(node.Flag("required"), node.TextOrNull("description"), types, node);
    }

    private static DocumentNode Media(string type, DocumentNode media, DocumentReferences references, ReadBudget budget)
    {
        var resolved = references.Resolve(media).AsObject($"What is sent as '{JsonDisplay.Shorten(type)}'");
        budget.Spend(resolved);
        return resolved;
    }
}
