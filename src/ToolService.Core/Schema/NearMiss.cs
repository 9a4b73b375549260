namespace ToolService.Core.Schema;

/// <summary>Finds the known name that someone probably meant.</summary>
internal static class NearMiss
{
    private const int MaxLength = 64;
    private const int MaxCandidates = 200;

    /// <summary>
    /// The candidate nearest to the name: same letters whatever their case and separators, or few edits away; null where none is
    /// near.
    /// </summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        if (name.Length is 0 or > MaxLength)
            return null;

        var folded = Fold(name);
        return candidates.Take(MaxCandidates)
            .Where(candidate => candidate.Length is > 0 and <= MaxLength)
            .Select(candidate => (Name: candidate, Distance: EditDistance.Between(folded, Fold(candidate), MaxLength)))
            .Where(candidate => candidate.Distance <= Tolerance(Math.Min(name.Length, candidate.Name.Length)))
            .OrderBy(candidate => candidate.Distance)
            .FirstOrDefault().Name;
    }

    private static int Tolerance(int length) => length switch
    {
        <= 2 => 0,
        <= 5 => 1,
        <= 9 => 2,
        _ => 3,
    };

    private static string Fold(string name) =>
        string.Concat(name.Where(c => c is not ('_' or '-' or ' ' or '$' or '.'))).ToLowerInvariant();
}
