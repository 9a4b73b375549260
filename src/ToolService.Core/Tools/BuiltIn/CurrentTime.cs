namespace ToolService.Core.Tools.BuiltIn;

/// <summary>What the clocks show somewhere.</summary>
/// <param name="TimeZone">The IANA zone.</param>
/// <param name="LocalTime">ISO 8601 with the offset there.</param>
/// <param name="UtcTime">ISO 8601 in UTC.</param>
/// <param name="DayOfWeek">The local day, in English.</param>
/// <param name="UnixSeconds">Seconds since 1970 in UTC.</param>
/// <param name="IsDaylightSaving">Whether daylight saving time is in force there.</param>
internal sealed record CurrentTime(
    string TimeZone, string LocalTime, string UtcTime, string DayOfWeek, long UnixSeconds, bool IsDaylightSaving);
