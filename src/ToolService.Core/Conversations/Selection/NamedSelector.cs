using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ToolService.Core.Conversations.Selection.Text;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations.Selection;

/// <summary>
/// Selects the tools that a message calls by their names, in the order in which it does. A name of one plain word, such as <c>search</c>,
/// must be in quotes or backticks: otherwise it is just a word.
/// </summary>
internal sealed partial class NamedSelector : IToolSelector
{
    private const string Quotes = "`'\"";
    private static readonly ConditionalWeakTable<ToolCatalog, FrozenDictionary<string, Tool>> Names = [];

    public Task<ToolSelection> SelectAsync(SelectionRequest request, CancellationToken cancellationToken)
    {
        var byName = Names.GetValue(
            request.Catalog, static catalog => catalog.Tools.ToFrozenDictionary(tool => tool.Name, StringComparer.OrdinalIgnoreCase));
        var message = Excerpt.Of(request.Message);
        List<SelectedTool> named = [];
        foreach (Match match in Identifier().Matches(message))
        {
            if (byName.TryGetValue(match.Value, out var tool) && request.MayShow(tool)
                && (!IsPlainWord(tool.Name) || IsQuoted(message, match)))
                named.Add(new SelectedTool(tool.Name, "named in the message"));
        }

        return Task.FromResult(new ToolSelection([.. named.DistinctBy(tool => tool.Name).Take(request.Limit)]));
    }

    private static bool IsPlainWord(string name) => name.All(char.IsAsciiLetter) && !name.Skip(1).Any(char.IsAsciiLetterUpper);

    private static bool IsQuoted(string message, Match match)
    {
        var (before, after) = (match.Index - 1, match.Index + match.Length);
        return before >= 0 && after < message.Length && message[before] == message[after] && Quotes.Contains(message[before]);
    }

    [GeneratedRegex("[a-zA-Z0-9_-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();
}
