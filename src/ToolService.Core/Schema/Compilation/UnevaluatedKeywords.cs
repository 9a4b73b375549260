using ToolService.Core.Schema.Evaluation;

namespace ToolService.Core.Schema.Compilation;

/// <summary>
/// Compiles <c>unevaluatedItems</c> and <c>unevaluatedProperties</c>, which come last: they ask what the others have evaluated.
/// </summary>
internal static class UnevaluatedKeywords
{
    public static IEnumerable<Evaluator> Compile(SchemaReader reader, SchemaNode owner)
    {
        if (reader.Schema("unevaluatedItems") is { } items)
            yield return new UnevaluatedEvaluator(reader.Keyword("unevaluatedItems"), ValueKinds.Array, owner, items);
        if (reader.Schema("unevaluatedProperties") is { } properties)
            yield return new UnevaluatedEvaluator(reader.Keyword("unevaluatedProperties"), ValueKinds.Object, owner, properties);
    }
}
