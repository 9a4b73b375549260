using System.Globalization;

namespace ToolService.Core.Models.Wire;

/// <summary>Reads how long a provider asks to wait, in each of the ways in which providers say it.</summary>
internal static class RetryAfter
{
    /// <summary>The wait from a response's headers; null where they say nothing that can be understood.</summary>
    /// <param name="header">Finds a header's value.</param>
    /// <param name="now">What a date is relative to.</param>
    public static TimeSpan? Read(Func<string, string?> header, DateTimeOffset now)
    {
        if (Number(header("retry-after-ms")) is { } milliseconds)
            return Bounded(milliseconds / 1000);

        var value = header("Retry-After");
        if (Number(value) is { } seconds)
            return Bounded(seconds);
        return DateTimeOffset.TryParseExact(value, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? Bounded((date - now).TotalSeconds)
            : null;
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static TimeSpan Bounded(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, TimeSpan.SecondsPerDay));
}
