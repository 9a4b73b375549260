using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Compilation;

/// <summary>Ignores or refuses the keywords that mean nothing where they stand, and remembers what it ignored.</summary>
internal sealed class UnknownKeywords(UnknownKeywordRule rule)
{
    private const string ExtensionPrefix = "x-";

    // Looking for a near-miss costs a hundred microseconds.
    private const int MaxNames = 1_000;

    private readonly List<IgnoredKeyword> _ignored = [];
    private readonly HashSet<(string, SchemaDialect)> _harmless = [];

    public IReadOnlyList<IgnoredKeyword> Ignored => _ignored;

    /// <summary>A keyword that the dialect does not know.</summary>
    /// <exception cref="JsonSchemaException">It is to be refused.</exception>
    public void Meet(string name, string pointer, SchemaDialect dialect)
    {
        if (name.StartsWith(ExtensionPrefix, StringComparison.Ordinal))
            return;
        if (rule != UnknownKeywordRule.Ignore && _harmless.Add((name, dialect)) && Objection(name, dialect) is { } objection)
            throw new JsonSchemaException(pointer, objection);
        _ignored.Add(new IgnoredKeyword(pointer, name));
    }

    /// <summary>A keyword that the dialect knows and that a <c>$ref</c> beside it turns off.</summary>
    /// <exception cref="JsonSchemaException">It is to be refused.</exception>
    public void MeetBesideRef(string name, string pointer, SchemaDialect dialect)
    {
        if (rule != UnknownKeywordRule.Ignore && dialect.Enforces(name))
            throw new JsonSchemaException(pointer,
                $"'{name}' beside '$ref' is ignored in {dialect.Name}; move both into 'allOf', or name a newer draft in '$schema'.");
        _ignored.Add(new IgnoredKeyword(pointer, name));
    }

    private string? Objection(string name, SchemaDialect dialect)
    {
        if (_harmless.Count > MaxNames)
            return $"The schema has more than {MaxNames} different unknown keywords.";
        var shown = JsonDisplay.Shorten(name);
        if (SchemaDialect.Standard.FirstOrDefault(other => other.Enforces(name)) is { } other)
            return $"'{shown}' is a keyword of {other.Name}, not of {dialect.Name}, and would not be enforced; {Advice(name, dialect)}.";
        if (name == "nullable")
            return "Keyword 'nullable' would not be enforced; add \"null\" to 'type'.";
        if (NearMiss.Find(name, dialect.MistakableKeywords) is { } near)
            return $"Unknown keyword '{shown}'; did you mean '{near}'?";
        return rule == UnknownKeywordRule.Refuse ? $"Unknown keyword '{shown}'; extensions must start with '{ExtensionPrefix}'." : null;
    }

    private static string Advice(string name, SchemaDialect dialect) => name switch
    {
        "additionalItems" => "use 'prefixItems' with 'items'",
        "$recursiveRef" when dialect.Knows("$dynamicRef") => "use '$dynamicRef'",
        _ => "name a draft or meta-schema in '$schema' that has it",
    };
}
