using System.Collections.Frozen;

namespace ToolService.Core.Conversations.Selection.Text;

/// <summary>
/// English words that are in most messages and say nothing of what is wanted. Other languages' need no list: no definition has them.
/// </summary>
internal static class StopWords
{
    private static readonly FrozenSet<string> All = (
        "a about after all also am an and any are as at be been before but by can could did do does doing each else for from give "
        + "given had has have help her here him his how i if in into is it its just know let like ll make may me might more most my "
        + "need no not of off on one only or other our out over please re s same shall she should show so some such t tell than "
        + "thanks that the their them then there these they this those through to too under until up us use used using ve very want "
        + "was we were what when where which while who whom why will with would you your")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the word, in lower case, says nothing.</summary>
    public static bool Contains(string word) => All.Contains(word);
}
