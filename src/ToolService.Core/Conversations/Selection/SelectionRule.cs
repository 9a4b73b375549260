using System.Text.RegularExpressions;
using ToolService.Core.Conversations.Selection.Text;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations.Selection;

/// <summary>One rule, compiled.</summary>
internal sealed class SelectionRule(ToolSelectionRuleOptions options)
{
    // Takes time linear in the message's length, whatever the expression is.
    private const RegexOptions Safe = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private readonly Regex _when = new(options.When, Safe);
    private readonly ToolPatterns _offer = ToolPatterns.Parse(options.Offer);

    /// <summary>What the turn's record calls it.</summary>
    public string Name { get; } = string.IsNullOrWhiteSpace(options.Name) ? options.When : options.Name;

    /// <summary>Why the expression cannot be used; null where it can.</summary>
    public static string? FailureOf(string when)
    {
        try
        {
            _ = new Regex(when, Safe);
            return null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return e.Message;
        }
    }

    public bool Matches(string message) => _when.IsMatch(Excerpt.Of(message));

    public bool Offers(Tool tool) => _offer.Matches(tool.Name);
}
