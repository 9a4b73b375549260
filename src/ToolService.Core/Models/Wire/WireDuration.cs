using System.Globalization;
using System.Text.RegularExpressions;

namespace ToolService.Core.Models.Wire;

/// <summary>Reads numbers and spans of time such as <c>1.2s</c>, <c>6m0s</c> and <c>250ms</c>.</summary>
internal static partial class WireDuration
{
    private const int MaxLength = 40;

    /// <summary>A plain number; null for anything else.</summary>
    public static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>A span with its units, in seconds; null for anything else.</summary>
    public static double? Seconds(string? text)
    {
        if (text is null or { Length: > MaxLength } || Whole().Match(text) is not { Success: true } whole)
            return null;

        var (numbers, units) = (whole.Groups["number"].Captures, whole.Groups["unit"].Captures);
        return Enumerable.Range(0, numbers.Count).Sum(i => Number(numbers[i].Value) * SecondsIn(units[i].Value));
    }

    private static double SecondsIn(string unit) => unit switch
    {
        "h" => 3600,
        "m" => 60,
        "s" => 1,
        _ => 0.001,
    };

    [GeneratedRegex(@"^(?:(?<number>[0-9]+(?:\.[0-9]+)?)(?<unit>ms|h|m|s))+$", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();
}
