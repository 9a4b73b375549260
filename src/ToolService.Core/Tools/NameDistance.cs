namespace ToolService.Core.Tools;

/// <summary>Finds the names that somebody may have meant.</summary>
internal static class NameDistance
{
    // Longer than any tool's name or time zone's: what is cut off of a hostile name cannot bring it nearer.
    private const int MaxLength = 80;
    private const int ShortestPart = 3;

    /// <summary>The candidates near the name, nearest first: few letters off, or one within the other. Case does not count.</summary>
    public static IReadOnlyList<string> Nearest(string name, IEnumerable<string> candidates, int limit)
    {
        var wanted = Normalize(name);
        return
        [
            .. candidates
                .Select(candidate => (Name: candidate, Score: Score(wanted, Normalize(candidate))))
                .Where(found => found.Score < int.MaxValue)
                .OrderBy(found => found.Score)
                .ThenBy(found => found.Name, StringComparer.Ordinal)
                .Take(limit)
                .Select(found => found.Name),
        ];
    }

    private static int Score(string wanted, string candidate)
    {
        var maximum = Math.Min(3, Math.Max(wanted.Length, candidate.Length) / 3);
        var distance = EditDistance.Between(wanted, candidate, maximum);
        if (distance <= maximum)
            return distance;

        var (part, whole) = wanted.Length < candidate.Length ? (wanted, candidate) : (candidate, wanted);
        if (part.Length < ShortestPart || !whole.Contains(part, StringComparison.Ordinal))
            return int.MaxValue;
        return MaxLength + whole.Length - part.Length + (whole.StartsWith(part, StringComparison.Ordinal) ? 0 : MaxLength);
    }

    private static string Normalize(string name) =>
        name[..Math.Min(name.Length, MaxLength)].ToLowerInvariant().Replace('-', '_').Replace(' ', '_');
}
