namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>A text in which <c>*</c> stands for any run of characters.</summary>
internal sealed class Wildcard(string pattern, StringComparison comparison)
{
    private readonly string[] _parts = pattern.Split('*');

    /// <summary>Whether the pattern matches the whole text.</summary>
    public bool Matches(ReadOnlySpan<char> text)
    {
        if (_parts is [var exact])
            return text.Equals(exact, comparison);
        if (text.Length < _parts[0].Length + _parts[^1].Length
            || !text.StartsWith(_parts[0], comparison)
            || !text.EndsWith(_parts[^1], comparison))
            return false;

        // Each part at its earliest place leaves the most for those after it.
        var rest = text[_parts[0].Length..^_parts[^1].Length];
        foreach (var part in _parts.AsSpan(1..^1))
        {
            var at = rest.IndexOf(part, comparison);
            if (at < 0)
                return false;
            rest = rest[(at + part.Length)..];
        }

        return true;
    }
}
