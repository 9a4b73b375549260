using System.Text.Json;
using ToolService.Core.Schema.Evaluation;
using ToolService.Core.Schema.Patterns;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Compilation;

/// <summary>
/// Turns a document into nodes: scans it, compiles each schema once, resolves references among them, and refuses circles without
/// progress.
/// </summary>
internal sealed class SchemaCompiler
{
    private const long MaxPointerSteps = 10_000_000;

    private readonly SchemaScanner _scanner;
    private readonly Dictionary<string, SchemaNode> _nodes = new(StringComparer.Ordinal);
    private readonly Queue<SchemaPlace> _pending = [];
    private readonly Dictionary<string, SchemaPattern> _patterns = new(StringComparer.Ordinal);
    private long _pointerSteps;

    private SchemaCompiler(SchemaDialect dialect) => _scanner = new SchemaScanner(dialect);

    /// <exception cref="JsonSchemaException">The schema is malformed or cannot be enforced.</exception>
    public static SchemaNode Compile(JsonElement document)
    {
        if (document.ValueKind == JsonValueKind.Undefined)
            throw new JsonSchemaException("", "There is no schema.");
        SchemaScanner.CheckDepth(document);
        return new SchemaCompiler(SchemaDialect.Of(document)).CompileAll(document);
    }

    /// <summary>The node of the schema at this pointer, compiled now or soon.</summary>
    public SchemaNode Node(string pointer) => Node(_scanner.Places[pointer]);

    /// <summary>The node of the schema that a reference names.</summary>
    public SchemaNode Resolve(Keyword keyword, string reference, SchemaPlace from) => Node(Find(keyword, reference, from));

    /// <summary>The nodes that a dynamic reference may mean, by resource; empty where it means the same as <c>$ref</c>.</summary>
    public Dictionary<SchemaResource, SchemaNode> DynamicTargets(Keyword keyword, string reference, SchemaPlace from)
    {
        var initial = Find(keyword, reference, from);
        var anchor = reference[(reference.IndexOf('#', StringComparison.Ordinal) + 1)..];
        if (!initial.Resource.DynamicAnchors.Contains(anchor))
            return [];
        return _scanner.Resources.Values
            .Where(resource => resource.DynamicAnchors.Contains(anchor))
            .ToDictionary(resource => resource, resource => Node(resource.Anchors[anchor]));
    }

    /// <summary>Compiles <c>pattern</c> and the names in <c>patternProperties</c>, each expression once.</summary>
    public SchemaPattern Pattern(Keyword keyword, string source)
    {
        if (_patterns.TryGetValue(source, out var pattern))
            return pattern;
        if (_patterns.Count >= SchemaLimits.MaxPatterns)
            throw new JsonSchemaException(keyword.Pointer, $"The schema has more than {SchemaLimits.MaxPatterns} regular expressions.");
        try
        {
            return _patterns[source] = SchemaPattern.Compile(source);
        }
        catch (PatternSyntaxException e)
        {
            var shown = JsonDisplay.Shorten(source);
            throw new JsonSchemaException(keyword.Pointer,
                $"'{keyword.Name}' \"{shown}\" is not a usable regular expression: {e.Message}.");
        }
    }

    private SchemaNode CompileAll(JsonElement document)
    {
        _scanner.Scan(document, "", new SchemaResource(SchemaUri.Unnamed));
        foreach (var place in _scanner.Places.Values)
            Node(place);

        // A queue, not recursion: references can form a chain as long as the document.
        while (_pending.TryDequeue(out var place))
            _nodes[place.Pointer].Fill(Evaluators(place));
        InPlaceCycles.Refuse(_nodes.Values);
        return _nodes[""];
    }

    private SchemaNode Node(SchemaPlace place)
    {
        if (_nodes.TryGetValue(place.Pointer, out var node))
            return node;
        _pending.Enqueue(place);
        return _nodes[place.Pointer] = new SchemaNode(place.Resource, place.Pointer, _scanner.HasDynamicRefs);
    }

    private List<IEvaluator> Evaluators(SchemaPlace place)
    {
        if (place.Element.ValueKind != JsonValueKind.Object)
            return place.Element.ValueKind == JsonValueKind.True ? [] : [new FalseEvaluator(place.Pointer)];

        var reader = new SchemaReader(this, place);
        return
        [
            .. ValueKeywords.Compile(reader),
            .. ArrayKeywords.Compile(reader),
            .. ObjectKeywords.Compile(reader),
            .. InPlaceKeywords.Compile(reader),
            .. UnevaluatedKeywords.Compile(reader, _nodes[place.Pointer]),
        ];
    }

    private static JsonSchemaException Broken(Keyword keyword, string reference, string reason) =>
        new(keyword.Pointer, $"'{keyword.Name}' \"{JsonDisplay.Shorten(reference)}\" {reason}.");

    private SchemaPlace Find(Keyword keyword, string reference, SchemaPlace from)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var document = hash < 0 ? reference : reference[..hash];
        var fragment = hash < 0 ? "" : Uri.UnescapeDataString(reference[(hash + 1)..]);
        if (!SchemaUri.TryResolve(from.Resource.Uri, document, out var uri))
            throw Broken(keyword, reference, "is not a URI reference");
        var resource = document.Length == 0 ? from.Resource : _scanner.Resources.GetValueOrDefault(uri.AbsoluteUri);
        if (resource is null)
            throw Broken(keyword, reference, "is not in this schema, and other documents are not fetched; copy what it names into '$defs'");
        if (fragment.Length == 0)
            return resource.Root;
        if (fragment[0] == '/')
            return FindPointer(keyword, reference, fragment, resource);
        return resource.Anchors.GetValueOrDefault(fragment)
            ?? throw Broken(keyword, reference, "names an anchor that does not exist");
    }

    private SchemaPlace FindPointer(Keyword keyword, string reference, string fragment, SchemaResource resource)
    {
        if (_scanner.Places.TryGetValue(resource.Root.Pointer + fragment, out var place))
            return place;

        // Not where a keyword puts schemas, so nobody has looked there yet.
        var pointer = resource.Root.Pointer;
        var element = resource.Root.Element;
        foreach (var token in fragment.Split('/').Skip(1))
        {
            SpendSteps(keyword, element);
            element = JsonPointer.Step(element, token)
                ?? throw Broken(keyword, reference, $"points nowhere: there is no '{JsonDisplay.Shorten(token)}'");
            pointer = $"{pointer}/{token}";
            if (_scanner.Places.TryGetValue(pointer, out var passed))
                resource = passed.Resource;
        }

        _scanner.Scan(element, pointer, resource);
        return _scanner.Places[pointer];
    }

    private void SpendSteps(Keyword keyword, JsonElement element)
    {
        _pointerSteps += element.ValueKind == JsonValueKind.Object ? element.GetPropertyCount() : 1;
        if (_pointerSteps > MaxPointerSteps)
            throw new JsonSchemaException(keyword.Pointer,
                "Too many references lead to places that hold no schemas; move their targets into '$defs'.");
    }
}
