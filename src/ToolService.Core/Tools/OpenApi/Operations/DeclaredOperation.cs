using System.Text.Json;
using ToolService.Core.Tools.OpenApi.Reading;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>An operation as the document lists it.</summary>
/// <param name="Method">Its method, in capitals; <c>*</c> where its path item cannot be read.</param>
/// <param name="Path">Its path.</param>
/// <param name="Node">What it is.</param>
/// <param name="PathItem">What it belongs to.</param>
internal sealed record DeclaredOperation(string Method, string Path, DocumentNode Node, DocumentNode PathItem)
{
    private const int MostTags = 100;

    /// <summary>Its own name; null where it has none.</summary>
    public string? OperationId { get; } = Node.TextOrNull("operationId") is { Length: > 0 } name ? name : null;

    public bool IsDeprecated { get; } = Node.Flag("deprecated");

    public IReadOnlyList<string> Tags { get; } = TagsOf(Node);

    /// <summary>Why it cannot be read at all.</summary>
    public OpenApiException? Fault { get; init; }

    private static List<string> TagsOf(DocumentNode node) => node.Find("tags") is not { } tags
        ? []
        :
        [
            .. tags.Items().Take(MostTags)
                .Where(tag => tag.Value.ValueKind == JsonValueKind.String)
                .Select(tag => tag.Value.GetString()!)
                .Distinct(StringComparer.Ordinal),
        ];
}
