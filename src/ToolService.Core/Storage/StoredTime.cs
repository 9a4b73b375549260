namespace ToolService.Core.Storage;

/// <summary>Time as both databases sort it alike: whole microseconds, since 1970 in UTC for an instant. What is finer is cut off.</summary>
internal static class StoredTime
{
    public static long Of(DateTimeOffset instant) => (instant.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static long? Of(DateTimeOffset? instant) => instant is { } value ? Of(value) : null;

    public static long Of(TimeSpan duration) => duration.Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset Instant(long stored) =>
        new(DateTime.UnixEpoch.Ticks + (stored * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    public static DateTimeOffset? Instant(long? stored) => stored is { } value ? Instant(value) : null;

    public static TimeSpan Duration(long stored) => TimeSpan.FromTicks(stored * TimeSpan.TicksPerMicrosecond);
}
