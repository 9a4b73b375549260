using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Values = System.Collections.Generic.IReadOnlyList<(string Name, System.Text.Json.Nodes.JsonNode Value)>;

namespace ToolService.Core.Models.Demo;

/// <summary>What a message must say for each built-in tool, and the arguments in it. Every entry of a result is one call.</summary>
internal static partial class DemoRules
{
    public static readonly IReadOnlyList<(string Tool, Func<string, IEnumerable<Values>> Read)> All =
    [
        ("calculator", message => DemoArithmetic.Find(message).Select(expression => One("expression", expression))),
        ("current_time", message => TimeWords().IsMatch(message) ? TimeZones(message).Select(zone => One("time_zone", zone)) : []),
        ("get_random_number", message => RandomWords().IsMatch(message) ? [Range(message)] : []),
        ("get_location_info", message => Addresses(message).Select(address => One("ip", address))),
        ("get_ip_address", message => OwnAddress().IsMatch(message) && !Addresses(message).Any() ? [[]] : []),
        ("read_webpage", message => Links().Matches(message).Select(link => One("url", link.Value.TrimEnd([.. ".,!?;:)"])))),
        ("get_weather_alerts", message => IsAboutAlerts(message) ? DemoPlaces.States(message).Select(state => One("state", state)) : []),
        ("get_weather", message => IsAboutAlerts(message) ? [] : Weather().Matches(message).Select(match => Captured(match, "place"))),
        ("search_wikipedia", message => Search().Matches(message).Take(1).Select(match => Captured(match, "query"))),
    ];

    private static Values One(string name, string value) => [(name, JsonValue.Create(value))];

    private static Values Captured(Match match, string name) => One(name, match.Groups[name].Value);

    private static bool IsAboutAlerts(string message) => AlertWords().IsMatch(message);

    // The city whose weather is asked for is the one whose time is meant only where there is no other.
    private static IReadOnlyList<string> TimeZones(string message) =>
        DemoPlaces.TimeZones(Weather().Replace(message, " ")) is { Count: > 0 } others ? others
        : DemoPlaces.TimeZones(message) is { Count: > 0 } all ? all
        : ["UTC"];

    private static Values Range(string message)
    {
        var match = NumberRange().Match(message);
        var isRange = TryNumber(match.Groups["min"].Value, out var low) & TryNumber(match.Groups["max"].Value, out var high);
        var (min, max) = isRange ? (low, high)
            : DiceWords().IsMatch(message) ? (1, 6)
            : (1, 100);
        return [("min", JsonValue.Create(min)), ("max", JsonValue.Create(max))];
    }

    private static bool TryNumber(string text, out long number) => long.TryParse(text, CultureInfo.InvariantCulture, out number);

    private static IEnumerable<string> Addresses(string message) =>
        Address().Matches(Links().Replace(message, " ")).Select(match => match.Value).Where(text => IPAddress.TryParse(text, out _));

    [GeneratedRegex(@"\b(time|clock|date|what day)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TimeWords();

    [GeneratedRegex(@"\b(random|dice|die roll|roll a die|pick a number)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RandomWords();

    [GeneratedRegex(@"\b(dice|die)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DiceWords();

    [GeneratedRegex(@"(?<min>-?\d+)\s*(?:and|to|through|\.\.|-|–)\s*(?<max>-?\d+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NumberRange();

    [GeneratedRegex(@"\b(my|our|your|this|the server's|public)\s+(public\s+)?ip\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OwnAddress();

    [GeneratedRegex(
        @"\b\d{1,3}(?:\.\d{1,3}){3}\b|(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"\bhttps?://[^\s""'<>]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Links();

    [GeneratedRegex(@"\balerts?\b|\bweather warnings?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AlertWords();

    // A place is a run of capitalised words, or else whatever stands up to the end of the clause.
    [GeneratedRegex(
        @"\b(?i:weather|forecast|temperature|raining|snowing)\b[^.?!]{0,60}?\b(?i:in|for|at|near)\s+(?:the\s+)?"
        + @"(?<place>\p{Lu}[\w'’-]*(?:,?\s+\p{Lu}[\w'’-]*)*|\p{Ll}[^.?!,\n]{0,60}?(?=\s+(?:and|today|tomorrow|now|please)\b|[.?!,\n]|$))",
        RegexOptions.CultureInvariant)]
    private static partial Regex Weather();

    [GeneratedRegex(
        @"\b(?:search\s+wikipedia|search|wikipedia|look\s+up|tell\s+me\s+about|who\s+(?:is|was|are|were))\s+"
        + @"(?:(?:on\s+)?wikipedia\s+)?(?:(?:for|about|on)\s+)?(?<query>[^.?!\n]{1,200}?)(?:\s+(?:on|in)\s+wikipedia)?\s*(?:[.?!\n]|$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Search();
}
