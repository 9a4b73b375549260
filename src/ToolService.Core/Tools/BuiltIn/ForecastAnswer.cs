using System.Text.Json.Serialization;

namespace ToolService.Core.Tools.BuiltIn;

/// <summary>Open-Meteo's forecast: the present, and days as parallel lists.</summary>
internal sealed record ForecastAnswer(string? Timezone, ForecastAnswer.Now? Current, ForecastAnswer.Days? Daily)
{
    internal sealed record Now(
        string? Time,
        [property: JsonPropertyName("temperature_2m")] double? Temperature,
        double? ApparentTemperature,
        [property: JsonPropertyName("relative_humidity_2m")] double? Humidity,
        double? Precipitation,
        int? WeatherCode,
        [property: JsonPropertyName("wind_speed_10m")] double? WindSpeed);

    internal sealed record Days(
        IReadOnlyList<string>? Time,
        IReadOnlyList<int?>? WeatherCode,
        [property: JsonPropertyName("temperature_2m_min")] IReadOnlyList<double?>? Least,
        [property: JsonPropertyName("temperature_2m_max")] IReadOnlyList<double?>? Most,
        [property: JsonPropertyName("precipitation_probability_max")] IReadOnlyList<double?>? PrecipitationProbability);
}
