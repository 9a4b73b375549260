namespace ToolService.Core.Tools.BuiltIn;

/// <summary>Open-Meteo's places; without any there is no list.</summary>
internal sealed record GeocodingAnswer(IReadOnlyList<GeocodingAnswer.Place>? Results)
{
    internal sealed record Place(string? Name, double? Latitude, double? Longitude, string? Country, string? Admin1);
}
