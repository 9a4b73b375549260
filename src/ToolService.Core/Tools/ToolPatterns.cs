namespace ToolService.Core.Tools;

/// <summary>
/// A list of tool name patterns: exact names, and names with <c>*</c> for any run of characters. Case does not count, as it does not tell
/// tools apart.
/// </summary>
public sealed class ToolPatterns
{
    /// <summary>The longest pattern, in characters.</summary>
    public const int MaxLength = 128;

    private readonly string[][] _patterns;

    private ToolPatterns(string[][] patterns) => _patterns = patterns;

    /// <summary>Compiles patterns.</summary>
    /// <exception cref="FormatException">
    /// A pattern is empty, longer than <see cref="MaxLength"/>, or holds a character that no tool name has.
    /// </exception>
    public static ToolPatterns Parse(IEnumerable<string> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        return new([.. patterns.Select(ParseOne)]);
    }

    /// <summary>Whether any of the patterns matches the whole name. Takes time linear in the name's length.</summary>
    public bool Matches(string name)
    {
        foreach (var pattern in _patterns)
        {
            if (Matches(pattern, name))
                return true;
        }

        return false;
    }

    private static string[] ParseOne(string pattern)
    {
        if (string.IsNullOrEmpty(pattern))
            throw new FormatException("A tool name pattern is empty; '*' matches every tool.");
        if (pattern.Length > MaxLength)
            throw new FormatException($"Tool name pattern '{pattern[..MaxLength]}…' is longer than {MaxLength} characters.");
        if (!pattern.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '*'))
            throw new FormatException($"Tool name pattern '{Printable(pattern)}' may hold letters, digits, '_', '-' and '*' only.");
        return pattern.Split('*');
    }

    private static string Printable(string pattern) => string.Concat(pattern.Select(c => char.IsControl(c) ? '\uFFFD' : c));

    // The first part starts the name, the last ends it, and those between follow each other at their earliest places.
    private static bool Matches(string[] parts, ReadOnlySpan<char> name)
    {
        const StringComparison Ignore = StringComparison.OrdinalIgnoreCase;
        if (parts is [var exact])
            return name.Equals(exact, Ignore);

        var (first, last) = (parts[0], parts[^1]);
        if (name.Length < first.Length + last.Length || !name.StartsWith(first, Ignore) || !name.EndsWith(last, Ignore))
            return false;

        var rest = name[first.Length..^last.Length];
        foreach (var part in parts.AsSpan(1..^1))
        {
            var at = rest.IndexOf(part, Ignore);
            if (at < 0)
                return false;
            rest = rest[(at + part.Length)..];
        }

        return true;
    }
}
