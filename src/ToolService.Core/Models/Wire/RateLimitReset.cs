using System.Globalization;

namespace ToolService.Core.Models.Wire;

/// <summary>Reads when a limit that is used up begins anew, from the headers that tell the state of each limit.</summary>
internal static class RateLimitReset
{
    private const double FirstEpochSeconds = 1e9;
    private const double FirstEpochMilliseconds = 1e12;

    private static readonly (string Remaining, string Reset)[] Limits =
    [
        ("x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"),
        ("x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens"),
        ("x-ratelimit-remaining", "x-ratelimit-reset"),
        ("ratelimit-remaining", "ratelimit-reset"),
        ("anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-requests-reset"),
        ("anthropic-ratelimit-tokens-remaining", "anthropic-ratelimit-tokens-reset"),
        ("anthropic-ratelimit-input-tokens-remaining", "anthropic-ratelimit-input-tokens-reset"),
        ("anthropic-ratelimit-output-tokens-remaining", "anthropic-ratelimit-output-tokens-reset"),
    ];

    /// <summary>The seconds until every limit with nothing left begins anew; null where none says so. Others say nothing about this request.</summary>
    public static double? Read(Func<string, string?> header, DateTimeOffset now) =>
        Limits.Where(limit => WireDuration.Number(header(limit.Remaining)) <= 0).Max(limit => Seconds(header(limit.Reset)?.Trim(), now));

    // Servers differ: a wait in seconds, a wait with units, a time of the epoch in seconds or milliseconds, a date.
    private static double? Seconds(string? reset, DateTimeOffset now) => WireDuration.Number(reset) switch
    {
        >= FirstEpochMilliseconds and var milliseconds => (milliseconds / 1000) - (now.ToUnixTimeMilliseconds() / 1000.0),
        >= FirstEpochSeconds and var seconds => seconds - (now.ToUnixTimeMilliseconds() / 1000.0),
        { } seconds => seconds,
        null when DateTimeOffset.TryParseExact(
            reset, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out var date) => (date - now).TotalSeconds,
        null => WireDuration.Seconds(reset),
    };
}
