using System.Collections.Frozen;

namespace ToolService.Core.Schema.Compilation;

/// <summary>
/// What keywords mean in a schema: those of a draft, or those of the vocabularies that a meta-schema turns on. A keyword that is not
/// listed means nothing.
/// </summary>
internal sealed class SchemaDialect
{
    public static readonly SchemaDialect Draft202012 = new(
        "2020-12", SchemaDraft.Draft202012,
        StandardVocabularies.Draft202012.Where(vocabulary => vocabulary.Uri != StandardVocabularies.FormatAssertion));

    public static readonly SchemaDialect Draft201909 = new("2019-09", SchemaDraft.Draft201909, StandardVocabularies.Draft201909);

    public static readonly SchemaDialect Draft07 = new("draft-07", SchemaDraft.Draft07, [StandardVocabularies.Draft07]);

    /// <summary>The dialects of the standard, newest first.</summary>
    public static readonly IReadOnlyList<SchemaDialect> Standard = [Draft202012, Draft201909, Draft07];

    private readonly FrozenDictionary<string, KeywordShape> _keywords;

    /// <summary>A dialect of these vocabularies.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="draft">The draft that decides what keywords mean where drafts differ.</param>
    /// <param name="vocabularies">What is turned on.</param>
    /// <param name="assertsFormats">Whether <c>format</c> is enforced whatever the options say.</param>
    public SchemaDialect(string name, SchemaDraft draft, IEnumerable<Vocabulary> vocabularies, bool assertsFormats = false)
    {
        (Name, Draft, AssertsFormats) = (name, draft, assertsFormats);
        _keywords = vocabularies.SelectMany(vocabulary => vocabulary.Keywords).DistinctBy(keyword => keyword.Key)
            .ToFrozenDictionary(StringComparer.Ordinal);
        MistakableKeywords =
            [.. _keywords.Keys.Where(keyword => ShapeOf(keyword) is not (KeywordShape.Annotation or KeywordShape.UnappliedSchema))];
    }

    public string Name { get; }

    public SchemaDraft Draft { get; }

    public bool AssertsFormats { get; }

    /// <summary>Whether <c>$ref</c> turns its neighbours off.</summary>
    public bool RefStandsAlone => Draft == SchemaDraft.Draft07;

    /// <summary>Whether a name after <c>#</c> in <c>$id</c> is an anchor.</summary>
    public bool IdHoldsAnchor => Draft == SchemaDraft.Draft07;

    /// <summary>Whether items that <c>contains</c> accepts count as evaluated.</summary>
    public bool ContainsEvaluates => Draft == SchemaDraft.Draft202012;

    /// <summary>The keywords whose misspelling changes what a schema accepts.</summary>
    public IReadOnlyList<string> MistakableKeywords { get; }

    /// <summary>The dialect of a draft.</summary>
    public static SchemaDialect Of(SchemaDraft draft) => Standard.Single(dialect => dialect.Draft == draft);

    public bool Knows(string keyword) => _keywords.ContainsKey(keyword);

    /// <summary>Whether the keyword is known and something depends on it.</summary>
    public bool Enforces(string keyword) => _keywords.TryGetValue(keyword, out var shape)
        && shape is not (KeywordShape.Annotation or KeywordShape.Identifier or KeywordShape.Definitions or KeywordShape.UnappliedSchema);

    /// <summary>The shape of a keyword that this dialect knows.</summary>
    public KeywordShape ShapeOf(string keyword) => _keywords[keyword];

    /// <summary>Whether the keyword still counts in a schema that has a <c>$ref</c>.</summary>
    public bool CountsBesideRef(string keyword) =>
        !RefStandsAlone || keyword is "$ref" or "$schema" || ShapeOf(keyword) is KeywordShape.Definitions or KeywordShape.Annotation;
}
