using ToolService.Core.Schema.Evaluation;

namespace ToolService.Core.Schema.Compilation;

/// <summary>Compiles the keywords that apply other schemas to the same value.</summary>
internal static class InPlaceKeywords
{
    public static IEnumerable<Evaluator> Compile(SchemaReader reader)
    {
        foreach (var reference in References(reader))
            yield return reference;

        if (reader.Schemas("allOf") is { Length: > 0 } all)
            yield return new AllOfEvaluator(all);
        if (reader.Schemas("anyOf") is { Length: > 0 } any)
            yield return new AlternativesEvaluator(reader.Keyword("anyOf"), any, exactlyOne: false);
        if (reader.Schemas("oneOf") is { Length: > 0 } one)
            yield return new AlternativesEvaluator(reader.Keyword("oneOf"), one, exactlyOne: true);
        if (reader.Schema("not") is { } not)
            yield return new NotEvaluator(reader.Keyword("not"), not);
        if (reader.Schema("if") is { } condition)
            yield return new ConditionalEvaluator(condition, reader.Schema("then"), reader.Schema("else"));
        foreach (var keyword in (string[])["dependentSchemas", "dependencies"])
        {
            if (reader.NamedSchemas(keyword) is { Count: > 0 } dependencies)
                yield return new DependentSchemasEvaluator([.. dependencies.Select(pair => (new PresenceCheck(pair.Name), pair.Schema))]);
        }
    }

    private static IEnumerable<Evaluator> References(SchemaReader reader)
    {
        var compiler = reader.Compiler;
        if (reader.Text("$ref") is { } plain)
            yield return compiler.Resolve(reader.Keyword("$ref"), plain, reader.Place);
        if (reader.Text("$dynamicRef") is { } named)
            yield return compiler.ResolveDynamic(reader.Keyword("$dynamicRef"), named, reader.Place, SchemaReference.Parse(named).Fragment);
        if (reader.Text("$recursiveRef") is not { } recursive)
            yield break;
        if (recursive != "#")
            throw reader.Malformed("$recursiveRef", "\"#\"");
        yield return compiler.ResolveDynamic(reader.Keyword("$recursiveRef"), recursive, reader.Place, SchemaIdentifiers.RecursiveAnchor);
    }
}
