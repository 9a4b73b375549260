using System.Text.Json;
using ToolService.Core.Schema.Evaluation;
using ToolService.Core.Schema.Patterns;

namespace ToolService.Core.Schema.Compilation;

/// <summary>
/// Turns a schema into nodes: all of it, and of other documents what references lead to. Each schema is compiled once; circles without
/// progress are refused.
/// </summary>
internal sealed class SchemaCompiler
{
    private readonly SchemaScanner _scanner;
    private readonly ReferenceResolver _references;
    private readonly DynamicTargets _dynamicTargets;
    private readonly PatternCache _patterns = new();
    private readonly Dictionary<SchemaPlace, SchemaNode> _nodes = [];
    private readonly Queue<SchemaPlace> _pending = [];

    private SchemaCompiler(SchemaOptions options)
    {
        Options = options;
        _scanner = new SchemaScanner(options);
        _references = new ReferenceResolver(_scanner, options.Documents);
        _dynamicTargets = new DynamicTargets(_scanner.Identifiers);
    }

    public SchemaOptions Options { get; }

    /// <summary>The node of the whole schema, and what was ignored on the way.</summary>
    /// <exception cref="JsonSchemaException">The schema is malformed or cannot be enforced.</exception>
    public static (SchemaNode Root, IReadOnlyList<IgnoredKeyword> Ignored) Compile(JsonElement schema, SchemaOptions options)
    {
        if (schema.ValueKind == JsonValueKind.Undefined)
            throw new JsonSchemaException("", "There is no schema.");
        var compiler = new SchemaCompiler(options);
        return (compiler.CompileAll(schema), compiler._scanner.IgnoredKeywords);
    }

    /// <summary>The node of the schema at this pointer, compiled now or soon.</summary>
    public SchemaNode Node(string pointer) => Node(_scanner.Places[pointer]);

    /// <summary>What applies the schema that a reference names.</summary>
    public Evaluator Resolve(Keyword keyword, string reference, SchemaPlace from) =>
        new RefEvaluator(Node(_references.Find(keyword, reference, from)));

    /// <summary>
    /// What applies the schema that a dynamic reference names: where it names no dynamic anchor, the same as for <c>$ref</c>.
    /// </summary>
    public Evaluator ResolveDynamic(Keyword keyword, string reference, SchemaPlace from, string anchor)
    {
        var initial = _references.Find(keyword, reference, from);
        return initial.Resource.DynamicAnchors.GetValueOrDefault(anchor) == initial
            ? new DynamicRefEvaluator(Node(initial), _dynamicTargets.Of(anchor))
            : new RefEvaluator(Node(initial));
    }

    /// <summary>Compiles <c>pattern</c> and the names in <c>patternProperties</c>.</summary>
    public SchemaPattern Pattern(Keyword keyword, string source) => _patterns.Get(keyword, source);

    private SchemaNode CompileAll(JsonElement schema)
    {
        var root = _scanner.ScanDocument(schema, "", SchemaUri.Unnamed);
        foreach (var place in _scanner.Places.Values)
            Node(place);
        do
        {
            CompilePending();
        }
        while (_dynamicTargets.Update(Node));

        InPlaceCycles.Refuse(_nodes.Values);
        foreach (var node in _nodes.Values)
            node.Settle();
        return Node(root);
    }

    private void CompilePending()
    {
        // A queue, not recursion: references can form a chain as long as the document.
        while (_pending.TryDequeue(out var place))
            _nodes[place].Fill(Evaluators(place));
    }

    private SchemaNode Node(SchemaPlace place)
    {
        if (_nodes.TryGetValue(place, out var node))
            return node;
        _pending.Enqueue(place);
        return _nodes[place] = new SchemaNode(place.Resource, place.Pointer);
    }

    private List<Evaluator> Evaluators(SchemaPlace place)
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
            .. UnevaluatedKeywords.Compile(reader, _nodes[place]),
        ];
    }
}
