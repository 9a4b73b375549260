using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ToolService.Core.Tools.BuiltIn;

/// <summary>Warnings of the US National Weather Service.</summary>
internal sealed class WeatherAlertTools(JsonService service, BuiltInToolsOptions options)
{
    private const int MaxAlerts = 20;
    private const int MaxShortText = 200;
    private const int MaxDescription = 500;
    private static readonly string[] SeverityOrder = ["Extreme", "Severe", "Moderate", "Minor"];

    [Tool("get_weather_alerts", ReadOnly = true, Idempotent = true, OpenWorld = true, Tags = ["weather", "web"])]
    [Description("Returns the weather alerts in force in a US state, from the National Weather Service.")]
    public async Task<WeatherAlerts> GetWeatherAlertsAsync(
        [Description("A US state or territory: its two-letter code, such as CA, or its name.")]
        [MaxLength(40)]
        string state,
        CancellationToken cancellationToken)
    {
        var code = UsStates.Code(state);
        var query = new Dictionary<string, string?> { ["area"] = code };
        var answer = await service.GetAsync(
            options.WeatherAlertsUrl, WireJson.Default.NwsAlertsAnswer, cancellationToken, query, "application/geo+json, application/json");
        if (answer.Features is not { } features)
            throw new ToolException($"'{options.WeatherAlertsUrl.Host}' answered without a list of alerts.");

        var alerts = features.Select(feature => feature?.Properties).OfType<NwsAlertsAnswer.Alert>().ToList();
        return new WeatherAlerts(code, alerts.Count, [.. alerts.OrderBy(Rank).Take(MaxAlerts).Select(Compact)]);
    }

    private static int Rank(NwsAlertsAnswer.Alert alert)
    {
        var rank = Array.IndexOf(SeverityOrder, alert.Severity);
        return rank < 0 ? SeverityOrder.Length : rank;
    }

    private static WeatherAlert Compact(NwsAlertsAnswer.Alert alert) => new(
        Short(alert.Event),
        Short(alert.Severity),
        Short(alert.Urgency),
        Short(alert.Headline),
        Short(alert.Area),
        Short(alert.Onset ?? alert.Effective),
        Short(alert.Ends ?? alert.Expires),
        Short(alert.Description, MaxDescription),
        Short(alert.Instruction, MaxDescription));

    private static string? Short(string? text, int length = MaxShortText) => text is null ? null : Excerpt.Of(text, length);
}
