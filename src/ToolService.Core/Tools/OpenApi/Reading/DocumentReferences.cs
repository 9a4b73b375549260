using System.Globalization;
using System.Text.Json;
using ToolService.Core.Schema.Compilation;
using ToolService.Core.Schema.Normalization;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Tools.OpenApi.Reading;

/// <summary>Follows references inside a document. Each object that a reference leads through is indexed once.</summary>
internal sealed class DocumentReferences(JsonElement root)
{
    private const int LongestReference = 1_000;
    private const int LongestChain = 100;

    private readonly Dictionary<string, Dictionary<string, JsonElement>> _members = new(StringComparer.Ordinal);

    /// <summary>The pointer that a reference names; equal for equal places.</summary>
    /// <exception cref="OpenApiException">It leads out of the document, or is no pointer.</exception>
    public static string Pointer(string reference, SchemaPath at)
    {
        if (reference.Length > LongestReference)
            throw new OpenApiException($"A '$ref' has more than {LongestReference} characters.", at.ToString());
        if (!reference.StartsWith('#'))
            throw new OpenApiException(
                $"'$ref': '{JsonDisplay.Shorten(reference)}' leads to another document; bundle both into one, then import that.",
                at.ToString());
        var pointer = Uri.UnescapeDataString(reference[1..]);
        if (pointer.Length == 0)
            return pointer;
        if (pointer[0] != '/')
            throw new OpenApiException(
                $"'$ref': '{JsonDisplay.Shorten(reference)}' names an anchor; write where it stands instead, as in "
                + "#/components/schemas/Name.",
                at.ToString());
        return pointer[1..].Split('/').Aggregate("", (path, token) => JsonPointer.Append(path, JsonPointer.Unescape(token)));
    }

    /// <summary>The value at a pointer.</summary>
    /// <exception cref="OpenApiException">There is none.</exception>
    public JsonElement Find(string pointer, SchemaPath at)
    {
        if (TryFind(pointer, out var value))
            return value;
        throw new OpenApiException($"'$ref': '#{JsonDisplay.Shorten(pointer)}' leads nowhere in this document.", at.ToString());
    }

    /// <summary>The value itself, or what its <c>$ref</c> leads to in the end.</summary>
    /// <exception cref="OpenApiException">It leads nowhere, out of the document, or back to itself.</exception>
    public DocumentNode Resolve(DocumentNode node)
    {
        var at = node.Path;
        for (var steps = 0; steps < LongestChain; steps++)
        {
            if (node.Find("$ref") is not { } reference)
                return node;
            if (reference.Value.ValueKind != JsonValueKind.String)
                throw reference.Refuse("'$ref' must be a string.");
            var pointer = Pointer(reference.Value.GetString()!, reference.Path);
            node = new DocumentNode(Find(pointer, reference.Path), PathOf(pointer));
        }

        throw new OpenApiException($"'$ref' leads back to itself, or through more than {LongestChain} others.", at.ToString());
    }

    public static SchemaPath PathOf(string pointer) =>
        pointer.Split('/').Skip(1).Aggregate(SchemaPath.Root, (path, token) => path.Append(JsonPointer.Unescape(token)));

    private bool TryFind(string pointer, out JsonElement value)
    {
        value = root;
        if (pointer.Length == 0)
            return true;
        var slash = pointer.LastIndexOf('/');
        var parent = pointer[..slash];
        if (_members.TryGetValue(parent, out var members))
            return members.TryGetValue(JsonPointer.Unescape(pointer[(slash + 1)..]), out value);
        if (!TryFind(parent, out var container))
            return false;
        members = _members[parent] = Index(container);
        return members.TryGetValue(JsonPointer.Unescape(pointer[(slash + 1)..]), out value);
    }

    private static Dictionary<string, JsonElement> Index(JsonElement container)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (container.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in container.EnumerateObject())
                members[property.Name] = property.Value;
        }
        else if (container.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in container.EnumerateArray())
                members[index++.ToString(CultureInfo.InvariantCulture)] = item;
        }

        return members;
    }
}
