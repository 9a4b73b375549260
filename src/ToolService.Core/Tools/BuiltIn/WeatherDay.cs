namespace ToolService.Core.Tools.BuiltIn;

/// <summary>One day's forecast.</summary>
internal sealed record WeatherDay(
    string Date, string? Conditions, double? MinCelsius, double? MaxCelsius, double? PrecipitationProbabilityPercent);
