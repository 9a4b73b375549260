namespace ToolService.Core.Conversations.Selection.Text;

/// <summary>
/// Cuts the commonest English endings, so that <c>cities</c> finds <c>city</c>, and <c>calculating</c>, <c>calculation</c> and
/// <c>calculator</c> find <c>calculate</c>. What it leaves need not be a word. Words that are not all of the letters a to z stay as they
/// are.
/// </summary>
internal static class Stemmer
{
    private const int Shortest = 4;

    // Longest first: the first that leaves enough of the word is cut.
    private static readonly (string Ending, string Instead, int Least)[] Endings =
    [
        ("ization", "iz", 3), ("ational", "at", 3), ("ation", "at", 3), ("ator", "at", 3), ("ating", "at", 3), ("ated", "at", 3),
        ("ate", "at", 3),
        ("ing", "", 3), ("ed", "", 3), ("er", "", 4), ("or", "", 4), ("ion", "", 4), ("ly", "", 4), ("y", "i", 2), ("e", "", 3),
    ];

    /// <summary>The stem of a word in lower case.</summary>
    public static string Stem(string word)
    {
        if (word.Length < Shortest || !word.All(char.IsAsciiLetterLower))
            return word;

        var stem = Singular(word);
        foreach (var (ending, instead, least) in Endings)
        {
            if (stem.Length - ending.Length < least || !stem.EndsWith(ending, StringComparison.Ordinal))
                continue;
            stem = Single(string.Concat(stem.AsSpan(0, stem.Length - ending.Length), instead));
            break;
        }

        return stem;
    }

    private static string Singular(string word) => word switch
    {
        [.. var start, 'i', 'e', 's'] when start.Length > 1 => start + "y",
        [.., 's', 's', 'e', 's'] or [.., 's', 'h', 'e', 's'] or [.., 'c', 'h', 'e', 's'] or [.., 'x', 'e', 's'] => word[..^2],
        [.., 's' or 'u' or 'i', 's'] => word,
        [.., 's'] => word[..^1],
        _ => word,
    };

    // "planning" and "plan".
    private static string Single(string stem) =>
        stem is [.., _, _, var before, var last] && before == last && last is not ('l' or 's' or 'z') ? stem[..^1] : stem;
}
