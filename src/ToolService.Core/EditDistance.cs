namespace ToolService.Core;

/// <summary>How far two words are apart.</summary>
internal static class EditDistance
{
    private const int LongestOnStack = 128;

    /// <summary>The same whatever the words' case, and however far: words are short, or cut to this length.</summary>
    public static int IgnoringCase(string left, string right) => Between(Fold(left), Fold(right), LongestOnStack);

    /// <summary>How many letters to insert, delete, replace or swap with a neighbour; at the most one more than the maximum.</summary>
    public static int Between(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int maximum)
    {
        if (Math.Abs(left.Length - right.Length) > maximum)
            return maximum + 1;

        var width = right.Length + 1;
        var rows = width <= LongestOnStack + 1 ? stackalloc int[3 * width] : new int[3 * width];
        var beforeLast = rows[..width];
        var last = rows[width..(2 * width)];
        var current = rows[(2 * width)..];
        for (var j = 0; j < width; j++)
            last[j] = j;

        for (var i = 1; i <= left.Length; i++)
        {
            var best = current[0] = i;
            for (var j = 1; j < width; j++)
            {
                var replaced = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(last[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
                best = Math.Min(best, current[j]);
            }

            if (best > maximum)
                return maximum + 1;
            var free = beforeLast;
            beforeLast = last;
            last = current;
            current = free;
        }

        return Math.Min(last[^1], maximum + 1);
    }

    private static string Fold(string word) => word[..Math.Min(word.Length, LongestOnStack)].ToUpperInvariant();
}
