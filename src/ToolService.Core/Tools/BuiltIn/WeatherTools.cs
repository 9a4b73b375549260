using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace ToolService.Core.Tools.BuiltIn;

/// <summary>Weather anywhere, from Open-Meteo: the place is looked up, then its forecast.</summary>
internal sealed class WeatherTools(JsonService service, BuiltInToolsOptions options)
{
    private const int MaxText = 100;
    private const int ForecastDays = 3;

    [Tool("get_weather", ReadOnly = true, Idempotent = true, OpenWorld = true, Tags = ["weather", "web"])]
    [Description("Returns the current weather and a three-day forecast for a place, in metric units.")]
    public async Task<Weather> GetWeatherAsync(
        [Description("A town or city, with its country or region after a comma where the name is common: Paris, Texas.")]
        [MinLength(1)]
        [MaxLength(MaxText)]
        string place,
        CancellationToken cancellationToken)
    {
        var (found, latitude, longitude) = await FindAsync(place, cancellationToken);
        var forecast = await service.GetAsync(
            options.WeatherUrl, WireJson.Default.ForecastAnswer, cancellationToken, ForecastQuery(latitude, longitude));
        if (forecast.Current is not { } now)
            throw new ToolException($"'{options.WeatherUrl.Host}' answered without the current weather.");

        string?[] parts = [found.Name, found.Admin1, found.Country];
        var name = Excerpt.Of(string.Join(", ", parts.Where(part => !string.IsNullOrEmpty(part)).Distinct()), MaxText);
        return new Weather(name, latitude, longitude, Short(forecast.Timezone), Compact(now), [.. Days(forecast.Daily)]);
    }

    private async Task<(GeocodingAnswer.Place Place, double Latitude, double Longitude)> FindAsync(
        string place, CancellationToken cancellationToken)
    {
        var query = new Dictionary<string, string?> { ["name"] = place.Trim(), ["count"] = "1", ["language"] = "en", ["format"] = "json" };
        var answer = await service.GetAsync(options.GeocodingUrl, WireJson.Default.GeocodingAnswer, cancellationToken, query);
        return answer.Results is [{ Latitude: { } latitude, Longitude: { } longitude } found, ..]
            ? (found, latitude, longitude)
            : throw new ToolException(
                $"No place called '{Excerpt.Of(place.Trim(), MaxText)}' was found; try its English name, "
                + "or add the country after a comma.");
    }

    private static Dictionary<string, string?> ForecastQuery(double latitude, double longitude) => new()
    {
        ["latitude"] = latitude.ToString(CultureInfo.InvariantCulture),
        ["longitude"] = longitude.ToString(CultureInfo.InvariantCulture),
        ["current"] = "temperature_2m,apparent_temperature,relative_humidity_2m,precipitation,weather_code,wind_speed_10m",
        ["daily"] = "weather_code,temperature_2m_min,temperature_2m_max,precipitation_probability_max",
        ["timezone"] = "auto",
        ["forecast_days"] = ForecastDays.ToString(CultureInfo.InvariantCulture),
    };

    private static CurrentWeather Compact(ForecastAnswer.Now now) => new(
        Short(now.Time),
        WeatherCodes.Describe(now.WeatherCode),
        now.Temperature,
        now.ApparentTemperature,
        now.Humidity,
        now.Precipitation,
        now.WindSpeed);

    private static IEnumerable<WeatherDay> Days(ForecastAnswer.Days? days) =>
        (days?.Time ?? []).Take(ForecastDays).Select((date, index) => new WeatherDay(
            Short(date) ?? "",
            WeatherCodes.Describe(days?.WeatherCode?.ElementAtOrDefault(index)),
            days?.Least?.ElementAtOrDefault(index),
            days?.Most?.ElementAtOrDefault(index),
            days?.PrecipitationProbability?.ElementAtOrDefault(index)));

    private static string? Short(string? text) => text is null ? null : Excerpt.Of(text, MaxText);
}
