using System.Collections.Frozen;

namespace ToolService.Core.Tools.BuiltIn;

/// <summary>The areas that the National Weather Service warns: states, the district, territories.</summary>
internal static class UsStates
{
    private static readonly FrozenDictionary<string, string> CodesByName = new Dictionary<string, string>
    {
        ["Alabama"] = "AL",
        ["Alaska"] = "AK",
        ["Arizona"] = "AZ",
        ["Arkansas"] = "AR",
        ["California"] = "CA",
        ["Colorado"] = "CO",
        ["Connecticut"] = "CT",
        ["Delaware"] = "DE",
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
        ["Virginia"] = "VA",
        ["Washington"] = "WA",
        ["West Virginia"] = "WV",
        ["Wisconsin"] = "WI",
        ["Wyoming"] = "WY",
        ["District of Columbia"] = "DC",
        ["Puerto Rico"] = "PR",
        ["Guam"] = "GU",
        ["American Samoa"] = "AS",
        ["Northern Mariana Islands"] = "MP",
        ["Virgin Islands"] = "VI",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Codes = CodesByName.Values.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The two-letter code of a state given by code or name, in any case.</summary>
    /// <exception cref="ToolException">There is no such state; the message names near ones.</exception>
    public static string Code(string state)
    {
        var wanted = state.Trim();
        if (Codes.Contains(wanted.ToUpperInvariant()))
            return wanted.ToUpperInvariant();
        if (CodesByName.TryGetValue(wanted, out var code))
            return code;

        var near = CodesByName.OrderBy(pair => EditDistance.IgnoringCase(pair.Key, wanted)).Take(3).Select(pair => $"{pair.Value} ({pair.Key})");
        throw new ToolException(
            $"'{Excerpt.Of(wanted, 40)}' is not a US state; use a two-letter code such as CA. Near names: {string.Join(", ", near)}.");
    }
}
