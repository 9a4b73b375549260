namespace ToolService.Core.Tools.BuiltIn;

/// <summary>The weather now; <paramref name="LocalTime"/> is the place's own.</summary>
internal sealed record CurrentWeather(
    string? LocalTime,
    string? Conditions,
    double? TemperatureCelsius,
    double? FeelsLikeCelsius,
    double? HumidityPercent,
    double? PrecipitationMm,
    double? WindKmh);
