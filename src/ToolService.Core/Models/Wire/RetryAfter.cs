using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ToolService.Core.Models.Wire;

/// <summary>Reads how long a provider asks to wait, in each of the ways in which providers say it.</summary>
internal static partial class RetryAfter
{
    // RFC 9110: the form to write, and the two older ones that are still to be read.
    private static readonly string[] DateForms = ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"];

    /// <summary>The wait, at most a day; null where nothing is said that can be understood.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="header">Finds a header's value.</param>
    /// <param name="error">The error in the body, if there is one.</param>
    /// <param name="now">What a date is relative to.</param>
    public static TimeSpan? Read(int status, Func<string, string?> header, JsonElement error, DateTimeOffset now)
    {
        var seconds = OfHeader(header, now) ?? OfDetails(error);
        if (status is 429)
            seconds ??= RateLimitReset.Read(header, now) ?? OfWords(error);
        return seconds is { } wait ? TimeSpan.FromSeconds(Math.Clamp(wait, 0, TimeSpan.SecondsPerDay)) : null;
    }

    private static double? OfHeader(Func<string, string?> header, DateTimeOffset now)
    {
        if (WireDuration.Number(header("retry-after-ms") ?? header("x-ms-retry-after-ms")) is { } milliseconds)
            return milliseconds / 1000;

        var value = header("Retry-After")?.Trim();
        if (WireDuration.Number(value) is { } seconds)
            return seconds;
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite;
        return DateTimeOffset.TryParseExact(value, DateForms, CultureInfo.InvariantCulture, Styles, out var date)
            ? (date - now).TotalSeconds
            : WireDuration.Seconds(value);
    }

    // google.rpc.RetryInfo: {"details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"37s"}]}
    private static double? OfDetails(JsonElement error) =>
        error.Items("details")
            .Where(detail => detail.Text("@type")?.EndsWith("google.rpc.RetryInfo", StringComparison.Ordinal) is true)
            .Select(detail => WireDuration.Seconds(detail.Text("retryDelay")))
            .FirstOrDefault(wait => wait is not null);

    // Some say it to people only: "Rate limit reached for … Please try again in 1.2s." It decides nothing but how long the wait is.
    private static double? OfWords(JsonElement error) =>
        error.Text("message") is { } message && Words().Match(message) is { Success: true } match ? WireDuration.Seconds(match.Groups["wait"].Value) : null;

    [GeneratedRegex(
        @"\b(try again|retry) (in|after) (?<wait>([0-9]+(\.[0-9]+)?(ms|h|m|s))+)(?![a-z0-9])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Words();
}
