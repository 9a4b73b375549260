using ToolService.Core.Tools;

namespace ToolService.Core.Conversations.Selection;

/// <summary>Finds what cannot work in <see cref="ToolSelectionOptions"/>; each message names the setting.</summary>
internal static class ToolSelectionOptionsCheck
{
    private const string Section = "Chat:ToolSelection";
    private const int MostTools = 10_000;

    /// <summary>What cannot work; nothing when all can.</summary>
    public static IEnumerable<string> Failures(ToolSelectionOptions options)
    {
        if (options.MaxTools is < 1 or > MostTools)
            yield return $"{Section}:MaxTools must be from 1 to {MostTools}.";
        if (!Enum.IsDefined(options.Strategy))
            yield return $"{Section}:Strategy '{options.Strategy}' is none of: "
                + $"{string.Join(", ", Enum.GetNames<ToolSelectionStrategy>())}.";
        if (options.Combine.Exists(part => !Enum.IsDefined(part) || part is ToolSelectionStrategy.Combined or ToolSelectionStrategy.Rules))
            yield return $"{Section}:Combine can hold Lexical, Keyword, Embedding and Model.";
        if (options.Combine.Count > 0 && options.Strategy is not ToolSelectionStrategy.Combined)
            yield return $"{Section}:Combine does nothing unless {Section}:Strategy is Combined.";
        if (options.Strategies.Contains(ToolSelectionStrategy.Embedding) && string.IsNullOrWhiteSpace(options.Embedding.Model))
            yield return $"{Section}:Embedding:Model is required for this {Section}:Strategy.";
        if (options.Strategy is ToolSelectionStrategy.Rules && options.Rules.Count == 0)
            yield return $"{Section}:Rules is required for this {Section}:Strategy.";
        foreach (var failure in options.Embedding.Check($"{Section}:Embedding"))
            yield return failure;
        foreach (var failure in Patterns($"{Section}:Always", options.Always))
            yield return failure;
        foreach (var failure in options.Rules.SelectMany((rule, number) => Rule($"{Section}:Rules:{number}", rule)))
            yield return failure;
    }

    private static IEnumerable<string> Rule(string setting, ToolSelectionRuleOptions rule)
    {
        if (string.IsNullOrEmpty(rule.When))
            yield return $"{setting}:When is required.";
        else if (SelectionRule.FailureOf(rule.When) is { } failure)
            yield return $"{setting}:When: {failure}";
        if (rule.Offer.Count == 0)
            yield return $"{setting}:Offer needs at least one name pattern.";
        foreach (var pattern in Patterns($"{setting}:Offer", rule.Offer))
            yield return pattern;
    }

    private static IEnumerable<string> Patterns(string setting, List<string> patterns) =>
        patterns.Select((pattern, number) => (Setting: $"{setting}:{number}", Failure: FailureOf(pattern)))
            .Where(pattern => pattern.Failure is not null)
            .Select(pattern => $"{pattern.Setting}: {pattern.Failure}");

    private static string? FailureOf(string pattern)
    {
        try
        {
            ToolPatterns.Parse([pattern]);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }
}
