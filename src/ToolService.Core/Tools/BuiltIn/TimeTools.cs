using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace ToolService.Core.Tools.BuiltIn;

/// <summary>Date and time.</summary>
internal sealed class TimeTools(TimeProvider time)
{
    private const int MaxZoneLength = 64;

    [Tool("current_time", ReadOnly = true, Idempotent = true, Volatile = true, Tags = ["time"])]
    [Description("Returns the current date and time in a time zone.")]
    public CurrentTime GetCurrentTime(
        [Description("An IANA time zone such as Asia/Tokyo, or the city in its name, such as Tokyo.")]
        [MaxLength(MaxZoneLength)]
        string timeZone = "UTC")
    {
        var zone = TimeZones.Find(timeZone);
        var utc = time.GetUtcNow();
        var local = TimeZoneInfo.ConvertTime(utc, zone);
        return new CurrentTime(
            zone.Id,
            local.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            local.ToString("dddd", CultureInfo.InvariantCulture),
            utc.ToUnixTimeSeconds(),
            zone.IsDaylightSavingTime(local));
    }
}
