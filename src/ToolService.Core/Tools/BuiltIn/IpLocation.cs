namespace ToolService.Core.Tools.BuiltIn;

/// <summary>Where an IP address is, as far as the registries know.</summary>
internal sealed record IpLocation(
    string Ip,
    string? City,
    string? Region,
    string? Country,
    string? CountryCode,
    double? Latitude,
    double? Longitude,
    string? TimeZone,
    string? Organization);
