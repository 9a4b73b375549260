namespace ToolService.Core.Tools.Commands;

/// <summary>Matches a sequence with a pattern in which one element stands for any run of others.</summary>
internal static class Glob
{
    /// <summary>Whether the pattern means the whole sequence.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="items">The sequence.</param>
    /// <param name="isAnyRun">Whether an element of the pattern stands for any run.</param>
    /// <param name="matches">Whether another element of the pattern means an item.</param>
    public static bool Matches<TPart, TItem>(
        ReadOnlySpan<TPart> pattern, ReadOnlySpan<TItem> items, Func<TPart, bool> isAnyRun, Func<TPart, TItem, bool> matches)
    {
        var (at, run, runStart, i) = (0, -1, 0, 0);
        while (i < items.Length)
        {
            if (at < pattern.Length && isAnyRun(pattern[at]))
            {
                (run, runStart) = (at++, i);
            }
            else if (at < pattern.Length && matches(pattern[at], items[i]))
            {
                (at, i) = (at + 1, i + 1);
            }
            else if (run >= 0)
            {
                // The latest run takes one more; an earlier one need not be tried again.
                (at, i) = (run + 1, ++runStart);
            }
            else
            {
                return false;
            }
        }

        while (at < pattern.Length && isAnyRun(pattern[at]))
            at++;
        return at == pattern.Length;
    }
}
