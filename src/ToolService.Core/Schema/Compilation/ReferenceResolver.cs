using System.Text.Json;
using ToolService.Core.Schema.Evaluation;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Compilation;

/// <summary>Finds the schemas that references name, and reads the documents that they lead to.</summary>
internal sealed class ReferenceResolver(SchemaScanner scanner, SchemaDocuments documents)
{
    private const long MaxSteps = 10_000_000;

    private long _steps;

    /// <summary>The schema that a reference names.</summary>
    /// <param name="keyword">The keyword that refers.</param>
    /// <param name="text">Its value.</param>
    /// <param name="from">Where it stands.</param>
    /// <exception cref="JsonSchemaException">There is none.</exception>
    public SchemaPlace Find(Keyword keyword, string text, SchemaPlace from)
    {
        var reference = SchemaReference.Parse(text);
        if (!SchemaUri.TryResolve(from.Resource.Uri, reference.Document, out var uri))
            throw Broken(keyword, text, "is not a URI reference, or a relative one whose base has no path");

        var resource = reference.Document.Length == 0 ? from.Resource : Open(uri)
            ?? throw Broken(keyword, text,
                "names a document that is not registered, and nothing is fetched; register it, or copy what it names into '$defs'");
        if (reference.Fragment.Length == 0)
            return resource.Root;
        return reference.Fragment[0] == '/'
            ? FindPointer(keyword, text, reference.Fragment, resource)
            : resource.Anchors.GetValueOrDefault(reference.Fragment) ?? throw Broken(keyword, text, "names an anchor that does not exist");
    }

    private static JsonSchemaException Broken(Keyword keyword, string reference, string reason) =>
        new(keyword.Pointer, $"'{keyword.Name}' \"{JsonDisplay.Shorten(reference)}\" {reason}.");

    private SchemaResource? Open(Uri uri)
    {
        var name = uri.AbsoluteUri;
        if (scanner.Identifiers.FindResource(name) is { } known)
            return known;
        if (!documents.TryFind(name, out var document) && !Metaschemas.TryFind(name, out document))
            return null;

        var resource = scanner.ScanDocument(document, $"{name}#", uri).Resource;
        scanner.Identifiers.AddResource(name, resource);
        return resource;
    }

    private SchemaPlace FindPointer(Keyword keyword, string text, string fragment, SchemaResource resource)
    {
        if (scanner.Places.TryGetValue(resource.Root.Pointer + fragment, out var place))
            return place;

        // Not where a keyword puts schemas, so nobody has looked there yet.
        var pointer = resource.Root.Pointer;
        var element = resource.Root.Element;
        foreach (var token in fragment.Split('/').Skip(1))
        {
            SpendSteps(keyword, element);
            element = JsonPointer.Step(element, token)
                ?? throw Broken(keyword, text, $"points nowhere: there is no '{JsonDisplay.Shorten(token)}'");
            pointer = JsonPointer.Append(pointer, JsonPointer.Unescape(token));
            if (scanner.Places.TryGetValue(pointer, out var passed))
                resource = passed.Resource;
        }

        return scanner.Scan(element, pointer, resource);
    }

    private void SpendSteps(Keyword keyword, JsonElement element)
    {
        _steps += element.ValueKind switch
        {
            JsonValueKind.Object => element.GetPropertyCount(),
            JsonValueKind.Array => element.GetArrayLength(),
            _ => 1,
        };
        if (_steps > MaxSteps)
            throw new JsonSchemaException(
                keyword.Pointer, "Too many references lead to places that hold no schemas; move their targets into '$defs'.");
    }
}
