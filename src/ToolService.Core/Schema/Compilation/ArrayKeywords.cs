using ToolService.Core.Schema.Evaluation;

namespace ToolService.Core.Schema.Compilation;

/// <summary>Compiles the keywords about arrays.</summary>
internal static class ArrayKeywords
{
    public static IEnumerable<Evaluator> Compile(SchemaReader reader)
    {
        foreach (var evaluator in ValueKeywords.Lengths(reader, ValueKinds.Array, "minItems", "maxItems"))
            yield return evaluator;

        if (Items(reader) is { } items)
            yield return items;

        var minimum = reader.Count("minContains");
        var maximum = reader.Count("maxContains");
        if (reader.Schema("contains") is { } contains)
        {
            yield return new ContainsEvaluator(
                contains, minimum ?? 1, maximum ?? long.MaxValue, reader.Keyword(minimum is null ? "contains" : "minContains"),
                reader.Keyword("maxContains"), reader.Dialect.ContainsEvaluates);
        }

        if (reader.Flag("uniqueItems"))
            yield return new UniqueItemsEvaluator(reader.Keyword("uniqueItems"));
    }

    private static ItemsEvaluator? Items(SchemaReader reader)
    {
        // The older drafts give 'items' a list for what became 'prefixItems', and say the rest in 'additionalItems'.
        if (reader.HasList("items"))
            return new ItemsEvaluator(reader.Schemas("items"), reader.Schema("additionalItems"), reader.Keyword("additionalItems"));
        return reader.Has("prefixItems") || reader.Has("items")
            ? new ItemsEvaluator(reader.Schemas("prefixItems"), reader.Schema("items"), reader.Keyword("items"))
            : null;
    }
}
