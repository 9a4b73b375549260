using ToolService.Core.Schema.Evaluation;

namespace ToolService.Core.Schema.Compilation;

/// <summary>Compiles the keywords about arrays.</summary>
internal static class ArrayKeywords
{
    public static IEnumerable<IEvaluator> Compile(SchemaReader reader)
    {
        foreach (var evaluator in ValueKeywords.Lengths(reader, ValueKinds.Array, "minItems", "maxItems"))
            yield return evaluator;

        if (reader.Has("prefixItems") || reader.Has("items"))
            yield return new ItemsEvaluator(reader.Schemas("prefixItems"), reader.Schema("items"), reader.Keyword("items"));

        var minimum = reader.Count("minContains");
        var maximum = reader.Count("maxContains");
        if (reader.Schema("contains") is { } contains)
        {
            yield return new ContainsEvaluator(
                contains, minimum ?? 1, maximum ?? long.MaxValue, reader.Keyword(minimum is null
                    ? "contains" : "minContains"), reader.Keyword("maxContains"));
        }

        if (reader.Flag("uniqueItems"))
            yield return new UniqueItemsEvaluator(reader.Keyword("uniqueItems"));
    }
}
