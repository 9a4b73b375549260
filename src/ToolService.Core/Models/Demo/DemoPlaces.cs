using System.Text.RegularExpressions;

namespace ToolService.Core.Models.Demo;

/// <summary>The places that the demo model knows by name.</summary>
internal static partial class DemoPlaces
{
    private static readonly Dictionary<string, string> Cities = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Amsterdam"] = "Europe/Amsterdam",
        ["Athens"] = "Europe/Athens",
        ["Auckland"] = "Pacific/Auckland",
        ["Bangkok"] = "Asia/Bangkok",
        ["Beijing"] = "Asia/Shanghai",
        ["Berlin"] = "Europe/Berlin",
        ["Boston"] = "America/New_York",
        ["Brussels"] = "Europe/Brussels",
        ["Buenos Aires"] = "America/Argentina/Buenos_Aires",
        ["Cairo"] = "Africa/Cairo",
        ["Chicago"] = "America/Chicago",
        ["Delhi"] = "Asia/Kolkata",
        ["Denver"] = "America/Denver",
        ["Dubai"] = "Asia/Dubai",
        ["Dublin"] = "Europe/Dublin",
        ["Helsinki"] = "Europe/Helsinki",
        ["Hong Kong"] = "Asia/Hong_Kong",
        ["Istanbul"] = "Europe/Istanbul",
        ["Jakarta"] = "Asia/Jakarta",
        ["Johannesburg"] = "Africa/Johannesburg",
        ["Kolkata"] = "Asia/Kolkata",
        ["Lagos"] = "Africa/Lagos",
        ["Lisbon"] = "Europe/Lisbon",
        ["London"] = "Europe/London",
        ["Los Angeles"] = "America/Los_Angeles",
        ["Madrid"] = "Europe/Madrid",
        ["Melbourne"] = "Australia/Melbourne",
        ["Mexico City"] = "America/Mexico_City",
        ["Moscow"] = "Europe/Moscow",
        ["Mumbai"] = "Asia/Kolkata",
        ["Nairobi"] = "Africa/Nairobi",
        ["New York"] = "America/New_York",
        ["Oslo"] = "Europe/Oslo",
        ["Paris"] = "Europe/Paris",
        ["Prague"] = "Europe/Prague",
        ["Rome"] = "Europe/Rome",
        ["San Francisco"] = "America/Los_Angeles",
        ["Sao Paulo"] = "America/Sao_Paulo",
        ["São Paulo"] = "America/Sao_Paulo",
        ["Seattle"] = "America/Los_Angeles",
        ["Seoul"] = "Asia/Seoul",
        ["Shanghai"] = "Asia/Shanghai",
        ["Singapore"] = "Asia/Singapore",
        ["Stockholm"] = "Europe/Stockholm",
        ["Sydney"] = "Australia/Sydney",
        ["Taipei"] = "Asia/Taipei",
        ["Tokyo"] = "Asia/Tokyo",
        ["Toronto"] = "America/Toronto",
        ["Vancouver"] = "America/Vancouver",
        ["Vienna"] = "Europe/Vienna",
        ["Warsaw"] = "Europe/Warsaw",
        ["Zurich"] = "Europe/Zurich",
        ["Zürich"] = "Europe/Zurich",
    };

    private static readonly Dictionary<string, string> StateCodes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Alabama"] = "AL",
        ["Alaska"] = "AK",
        ["Arizona"] = "AZ",
        ["Arkansas"] = "AR",
        ["California"] = "CA",
        ["Colorado"] = "CO",
        ["Connecticut"] = "CT",
        ["Delaware"] = "DE",
        ["District of Columbia"] = "DC",
        ["Florida"] = "FL",
        ["Georgia"] = "GA",
        ["Hawaii"] = "HI",
        ["Idaho"] = "ID",
        ["Illinois"] = "IL",
        ["Indiana"] = "IN",
        ["Iowa"] = "IA",
        ["Kansas"] = "KS",
        ["Kentucky"] = "KY",
        ["Louisiana"] = "LA",
        ["Maine"] = "ME",
        ["Maryland"] = "MD",
        ["Massachusetts"] = "MA",
        ["Michigan"] = "MI",
        ["Minnesota"] = "MN",
        ["Mississippi"] = "MS",
        ["Missouri"] = "MO",
        ["Montana"] = "MT",
        ["Nebraska"] = "NE",
        ["Nevada"] = "NV",
        ["New Hampshire"] = "NH",
        ["New Jersey"] = "NJ",
        ["New Mexico"] = "NM",
        ["New York"] = "NY",
        ["North Carolina"] = "NC",
        ["North Dakota"] = "ND",
        ["Ohio"] = "OH",
        ["Oklahoma"] = "OK",
        ["Oregon"] = "OR",
        ["Pennsylvania"] = "PA",
        ["Rhode Island"] = "RI",
        ["South Carolina"] = "SC",
        ["South Dakota"] = "SD",
        ["Tennessee"] = "TN",
        ["Texas"] = "TX",
        ["Utah"] = "UT",
        ["Vermont"] = "VT",
        ["West Virginia"] = "WV",
        ["Virginia"] = "VA",
        ["Washington"] = "WA",
        ["Wisconsin"] = "WI",
        ["Wyoming"] = "WY",
    };

    // The longer name first: West Virginia is not Virginia.
    private static readonly Regex CityNames = Names(Cities.Keys);
    private static readonly Regex StateNames = Names(StateCodes.Keys);

    /// <summary>The time zones named in a message, as themselves or by a city.</summary>
    public static IReadOnlyList<string> TimeZones(string message)
    {
        var zones = Zones().Matches(message).Select(match => (match.Index, Zone: match.Value));
        var cities = CityNames.Matches(Zones().Replace(message, match => new string(' ', match.Length)))
            .Select(match => (match.Index, Zone: Cities[match.Value]));
        return [.. zones.Concat(cities).OrderBy(place => place.Index).Select(place => place.Zone).Distinct()];
    }

    /// <summary>The codes of the US states named in a message.</summary>
    public static IEnumerable<string> States(string message)
    {
        var named = StateNames.Matches(message).Select(match => (match.Index, Code: StateCodes[match.Value]));
        var codes = Codes().Matches(message)
            .Where(match => StateCodes.ContainsValue(match.Value))
            .Select(match => (match.Index, Code: match.Value));
        return named.Concat(codes).OrderBy(state => state.Index).Select(state => state.Code).Distinct();
    }

    private static Regex Names(IEnumerable<string> names) => new(
        $@"\b(?:{string.Join('|', names.OrderByDescending(name => name.Length).Select(Regex.Escape))})\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+/[A-Z][A-Za-z_+-]+(?:/[A-Z][A-Za-z_]+)?\b|\b(?:UTC|GMT)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Zones();

    [GeneratedRegex(@"\b[A-Z]{2}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Codes();
}
