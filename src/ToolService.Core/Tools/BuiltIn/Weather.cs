namespace ToolService.Core.Tools.BuiltIn;

/// <summary>The weather at a place, in metric units.</summary>
internal sealed record Weather(
    string Place, double Latitude, double Longitude, string? TimeZone, CurrentWeather Current, IReadOnlyList<WeatherDay> Forecast);
