namespace TextTools;

/// <summary>How many words a text has.</summary>
/// <param name="Words">All of them.</param>
/// <param name="DifferentWords">Those that are not the same; case does not count.</param>
/// <param name="Longest">The longest one; null where there is none.</param>
public sealed record WordCount(int Words, int DifferentWords, string? Longest);
