using ToolService.Core.Schema.Evaluation;

namespace ToolService.Core.Schema.Compilation;

/// <summary>Compiles the keywords about objects.</summary>
internal static class ObjectKeywords
{
    public static IEnumerable<Evaluator> Compile(SchemaReader reader)
    {
        foreach (var evaluator in ValueKeywords.Lengths(reader, ValueKinds.Object, "minProperties", "maxProperties"))
            yield return evaluator;

        if (Properties(reader) is { } properties)
            yield return properties;
        if (reader.Schema("propertyNames") is { } names)
            yield return new PropertyNamesEvaluator(reader.Keyword("propertyNames"), names);
        foreach (var keyword in (string[])["dependentRequired", "dependencies"])
        {
            var dependencies = reader.NamedLists(keyword)
                .ConvertAll(rule => (new PresenceCheck(rule.Name), rule.Names.Select(name => new PresenceCheck(name)).ToArray()));
            if (dependencies.Count > 0)
                yield return new DependentRequiredEvaluator(reader.Keyword(keyword), [.. dependencies]);
        }
    }

    private static PropertiesEvaluator? Properties(SchemaReader reader)
    {
        if (!reader.Has("properties") && !reader.Has("patternProperties") && !reader.Has("additionalProperties") && !reader.Has("required"))
            return null;

        var required = reader.Names("required");
        var requiredIndexes = required.Select((name, index) => (name, index))
            .ToDictionary(pair => pair.name, pair => pair.index, StringComparer.Ordinal);
        var rules = reader.NamedSchemas("properties")
            .ConvertAll(property => new PropertyRule(property.Name, property.Schema, requiredIndexes.GetValueOrDefault(property.Name, -1)));
        var named = rules.Select(rule => rule.Name).ToHashSet(StringComparer.Ordinal);
        rules.AddRange(required.Where(name => !named.Contains(name)).Select(name => new PropertyRule(name, null, requiredIndexes[name])));
        return new PropertiesEvaluator(
            rules,
            reader.NamedSchemas("patternProperties")
                .ConvertAll(pair => (reader.Compiler.Pattern(reader.Keyword("patternProperties"), pair.Name), pair.Schema)),
            reader.Schema("additionalProperties"),
            reader.Keyword("additionalProperties"),
            reader.Keyword("required"));
    }
}
