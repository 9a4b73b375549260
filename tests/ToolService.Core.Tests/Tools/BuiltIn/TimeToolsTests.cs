using ToolService.Core.Tests.Tools.Http;
using ToolService.Core.Tools;
using ToolService.Core.Tools.BuiltIn;

namespace ToolService.Core.Tests.Tools.BuiltIn;

public class TimeToolsTests
{
    private readonly TimeTools _tools = new(new FixedTime(new DateTimeOffset(2026, 7, 4, 22, 30, 5, TimeSpan.Zero)));

    [Fact]
    public void Without_a_zone_the_time_is_utc() =>
        Assert.Equal(
            new CurrentTime("UTC", "2026-07-04T22:30:05+00:00", "2026-07-04T22:30:05Z", "Saturday", 1783204205, false),
            _tools.GetCurrentTime());

    [Theory]
    [InlineData("Asia/Tokyo", "2026-07-05T07:30:05+09:00", "Sunday", false)]
    [InlineData("America/New_York", "2026-07-04T18:30:05-04:00", "Saturday", true)]
    [InlineData("Asia/Kolkata", "2026-07-05T04:00:05+05:30", "Sunday", false)]
    [InlineData("Asia/Kathmandu", "2026-07-05T04:15:05+05:45", "Sunday", false)]
    [InlineData("Australia/Sydney", "2026-07-05T08:30:05+10:00", "Sunday", false)]
    public void The_zones_own_clock_is_shown(string zone, string local, string day, bool daylightSaving)
    {
        var now = _tools.GetCurrentTime(zone);

        Assert.Equal((zone, local, day, daylightSaving), (now.TimeZone, now.LocalTime, now.DayOfWeek, now.IsDaylightSaving));
    }

    [Theory]
    [InlineData("Tokyo", "Asia/Tokyo")]
    [InlineData("new york", "America/New_York")]
    [InlineData("asia/tokyo", "Asia/Tokyo")]
    [InlineData("  Europe/Paris ", "Europe/Paris")]
    [InlineData("america/argentina/buenos aires", "America/Argentina/Buenos_Aires")]
    [InlineData("US/Pacific", "US/Pacific")]
    public void A_city_or_another_case_will_do(string zone, string id) => Assert.Equal(id, _tools.GetCurrentTime(zone).TimeZone);

    [Theory]
    [InlineData("Asia/Tokio", "Asia/Tokyo")]
    [InlineData("Berln", "Europe/Berlin")]
    [InlineData("Europe/London/City", "Europe/London")]
    [InlineData("York", "America/New_York")]
    public void An_unknown_zone_is_answered_with_near_names(string zone, string near)
    {
        var failure = Assert.Throws<ToolException>(() => _tools.GetCurrentTime(zone));

        Assert.StartsWith($"'{zone}' is not a known time zone. Near names: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(near, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("zone.tab")]
    [InlineData("leapseconds")]
    [InlineData("right/UTC")]
    [InlineData("posixrules")]
    [InlineData("America")]
    [InlineData("Asia/Tokyo\0")]
    public void Names_of_other_files_are_no_zones(string zone) =>
        Assert.Contains(
            "is not a known time zone",
            Assert.Throws<ToolException>(() => _tools.GetCurrentTime(zone)).Message,
            StringComparison.Ordinal);
}
