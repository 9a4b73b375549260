using ToolService.Core.Schema.Evaluation;

namespace ToolService.Core.Schema.Compilation;

/// <summary>Compiles the keywords that apply other schemas to the same value.</summary>
internal static class InPlaceKeywords
{
    public static IEnumerable<IEvaluator> Compile(SchemaReader reader)
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
        if (reader.NamedSchemas("dependentSchemas") is { Count: > 0 } dependencies)
            yield return new DependentSchemasEvaluator([.. dependencies.Select(pair => (new PresenceCheck(pair.Name), pair.Schema))]);
    }

    private static IEnumerable<IEvaluator> References(SchemaReader reader)
    {
        if (reader.Text("$ref") is { } reference)
            yield return new RefEvaluator(reader.Compiler.Resolve(reader.Keyword("$ref"), reference, reader.Place));

        if (reader.Text("$dynamicRef") is not { } dynamicReference)
            yield break;
        var keyword = reader.Keyword("$dynamicRef");
        var initial = reader.Compiler.Resolve(keyword, dynamicReference, reader.Place);
        var targets = reader.Compiler.DynamicTargets(keyword, dynamicReference, reader.Place);
        yield return targets.Count == 0 ? new RefEvaluator(initial) : new DynamicRefEvaluator(initial, targets);
    }
}
