namespace ToolService.Core.Tools.BuiltIn;

/// <summary>The warnings in force in a state.</summary>
/// <param name="State">Its two-letter code.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Alerts">The first of them, the most severe before others.</param>
internal sealed record WeatherAlerts(string State, int Count, IReadOnlyList<WeatherAlert> Alerts);
