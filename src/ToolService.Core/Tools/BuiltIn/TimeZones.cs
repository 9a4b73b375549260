using System.Text.RegularExpressions;

namespace ToolService.Core.Tools.BuiltIn;

/// <summary>Finds time zones by what people and models call them.</summary>
internal static partial class TimeZones
{
    private const int MaxSuggestions = 5;

    private static readonly Lazy<IReadOnlyList<string>> Known =
        new(() => [.. TimeZoneInfo.GetSystemTimeZones(skipSorting: true).Select(zone => zone.Id).Order(StringComparer.Ordinal)]);

    /// <summary>The zone with this IANA name in any case, or the only one whose last part is this city.</summary>
    /// <exception cref="ToolException">There is none; the message names some that are near.</exception>
    public static TimeZoneInfo Find(string name)
    {
        var wanted = name.Trim().Replace(' ', '_');
        if (TryExact(wanted) is { } zone)
            return zone;

        var matches = Known.Value.Where(id => IsSame(id, wanted)).DefaultIfEmpty().ToList();
        if (matches is [null])
            matches = [.. Known.Value.Where(id => IsSame(City(id), wanted))];
        return matches is [{ } only] ? TimeZoneInfo.FindSystemTimeZoneById(only) : throw Unknown(name, wanted);
    }

    // The pattern keeps to names: the system looks zones up as files, and beside them lie others; "right/UTC" counts leap seconds.
    private static TimeZoneInfo? TryExact(string id) =>
        ZoneName().IsMatch(id)
        && !id.StartsWith("posix", StringComparison.OrdinalIgnoreCase)
        && !id.StartsWith("right/", StringComparison.OrdinalIgnoreCase)
        && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : null;

    private static ToolException Unknown(string name, string wanted)
    {
        var near = Known.Value
            .Select(id => (Id: id, Distance: Distance(id, wanted)))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Id, StringComparer.Ordinal)
            .Take(MaxSuggestions)
            .Select(candidate => candidate.Id);
        return new ToolException(
            $"'{Excerpt.Of(name, 64)}' is not a known time zone. Near names: {string.Join(", ", near)}. "
            + "Use an IANA name such as Europe/Paris.");
    }

    private static int Distance(string id, string wanted)
    {
        // A part of the name that occurs as a whole ("york" in America/New_York) is nearer than any misspelling.
        if (wanted.Length >= 3 && id.Contains(wanted, StringComparison.OrdinalIgnoreCase))
            return 0;
        return Math.Min(EditDistance.IgnoringCase(id, wanted), EditDistance.IgnoringCase(City(id), City(wanted)));
    }

    private static string City(string id) => id[(id.LastIndexOf('/') + 1)..];

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_+-]{0,31}(/[A-Za-z0-9_+-]{1,31}){0,2}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex ZoneName();
}
