using System.Globalization;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>Gives the arguments of one tool names that every provider takes and that differ.</summary>
internal sealed class ArgumentNames
{
    private const int LongestName = 64;

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <param name="name">The name on the wire.</param>
    /// <param name="place">What tells it from others of that name, such as <c>query</c>.</param>
    public string Take(string name, string place)
    {
        var valid = Valid(name, place);
        if (_taken.Add(valid))
            return valid;
        var placed = Cut(valid, "_" + place);
        if (_taken.Add(placed))
            return placed;
        while (true)
        {
            var count = _counts[placed] = _counts.GetValueOrDefault(placed, 1) + 1;
            var counted = Cut(placed, string.Create(CultureInfo.InvariantCulture, $"_{count}"));
            if (_taken.Add(counted))
                return counted;
        }
    }

    private static string Valid(string name, string place)
    {
        var valid = NameText.Collapse(name, c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
        return valid.Length == 0 ? place : Cut(valid, "");
    }

    private static string Cut(string name, string ending) => name[..Math.Min(name.Length, LongestName - ending.Length)] + ending;
}
