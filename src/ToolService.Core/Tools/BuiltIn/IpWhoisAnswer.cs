namespace ToolService.Core.Tools.BuiltIn;

/// <summary>An answer of ipwho.is, which says with status 200 and <c>"success": false</c> that it knows nothing.</summary>
internal sealed record IpWhoisAnswer(
    string? Ip,
    bool? Success,
    string? Message,
    string? City,
    string? Region,
    string? Country,
    string? CountryCode,
    double? Latitude,
    double? Longitude,
    IpWhoisAnswer.Zone? Timezone,
    IpWhoisAnswer.Network? Connection)
{
    internal sealed record Zone(string? Id);

    internal sealed record Network(string? Org, string? Isp);
}
