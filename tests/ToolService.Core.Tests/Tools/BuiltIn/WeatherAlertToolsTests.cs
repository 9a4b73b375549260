using System.Text.Json;
using ToolService.Core.Tests.Tools.Http;
using ToolService.Core.Tools;
using ToolService.Core.Tools.BuiltIn;

namespace ToolService.Core.Tests.Tools.BuiltIn;

public class WeatherAlertToolsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("CA")]
    [InlineData("ca ")]
    [InlineData("california")]
    public async Task Alerts_are_returned_the_most_severe_first(string state)
    {
        await using var server = await LocalServer.StartAsync(Answer(Alert("Wind Advisory", "Moderate"), Alert("Tornado Warning", "Extreme")), "application/geo+json");
        using var http = TestHttp.Local();

        var result = await new WeatherAlertTools(new(http), TestOptions.All(server.Url)).GetWeatherAlertsAsync(state, Cancel);

        Assert.Equal(["/alerts/active?area=CA"], server.Requests);
        Assert.Equal(("CA", 2), (result.State, result.Count));
        Assert.Equal(["Tornado Warning", "Wind Advisory"], result.Alerts.Select(alert => alert.Event));
        Assert.Equal(
            new WeatherAlert(
                "Tornado Warning", "Extreme", "Immediate", "Tornado Warning issued November 20", "Kern, CA", "2026-11-20T10:00:00-08:00", "2026-11-20T11:00:00-08:00",
                "* WHAT...Winds.", "Take shelter."),
            result.Alerts[0]);
    }

    [Fact]
    public async Task A_quiet_state_has_no_alerts()
    {
        await using var server = await LocalServer.StartAsync(Answer(), "application/geo+json");
        using var http = TestHttp.Local();

        var result = await new WeatherAlertTools(new(http), TestOptions.All(server.Url)).GetWeatherAlertsAsync("HI", Cancel);

        Assert.Equal(0, result.Count);
        Assert.Empty(result.Alerts);
    }

    [Fact]
    public async Task Many_long_alerts_are_cut_to_a_bounded_result()
    {
        var alerts = Enumerable.Range(0, 100).Select(_ => Alert("Flood Watch", "Severe", new string('x', 5_000))).ToArray();
        await using var server = await LocalServer.StartAsync(Answer(alerts), "application/geo+json");
        using var http = TestHttp.Local();

        var result = await new WeatherAlertTools(new(http), TestOptions.All(server.Url)).GetWeatherAlertsAsync("TX", Cancel);

        Assert.Equal(100, result.Count);
        Assert.Equal(20, result.Alerts.Count);
        Assert.All(result.Alerts, alert => Assert.Equal(500, alert.Description!.Length));
    }

    [Fact]
    public async Task An_unknown_state_is_answered_with_near_ones()
    {
        using var http = TestHttp.Local();

        var failure = await Assert.ThrowsAsync<ToolException>(() =>
            new WeatherAlertTools(new(http), new BuiltInToolsOptions()).GetWeatherAlertsAsync("Californa", Cancel));

        Assert.StartsWith(
            "'Californa' is not a US state; use a two-letter code such as CA. Near names: CA (California)",
            failure.Message,
            StringComparison.Ordinal);
    }

    private static object Alert(string name, string severity, string description = "* WHAT...Winds.") => new
    {
        id = "https://api.weather.gov/alerts/urn:oid:2.49.0.1.840.0.1",
        type = "Feature",
        geometry = (object?)null,
        properties = new Dictionary<string, object?>
        {
            ["event"] = name,
            ["severity"] = severity,
            ["urgency"] = "Immediate",
            ["certainty"] = "Observed",
            ["headline"] = $"{name} issued November 20",
            ["areaDesc"] = "Kern, CA",
            ["effective"] = "2026-11-20T09:00:00-08:00",
            ["onset"] = "2026-11-20T10:00:00-08:00",
            ["expires"] = "2026-11-20T12:00:00-08:00",
            ["ends"] = "2026-11-20T11:00:00-08:00",
            ["description"] = description,
            ["instruction"] = "Take shelter.",
            ["parameters"] = new { NWSheadline = new[] { "x" } },
        },
    };

    private static string Answer(params object[] features) =>
        JsonSerializer.Serialize(new { type = "FeatureCollection", features, title = "Current watches, warnings, and advisories for California" });
}
