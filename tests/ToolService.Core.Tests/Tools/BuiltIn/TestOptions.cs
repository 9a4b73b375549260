using ToolService.Core.Tools.BuiltIn;

namespace ToolService.Core.Tests.Tools.BuiltIn;

/// <summary>Built-in tools that ask a local server, one path for each service.</summary>
internal static class TestOptions
{
    public static BuiltInToolsOptions All(Uri server) => new()
    {
        IpAddressUrl = new Uri(server, "/ipify?format=json"),
        IpLocationUrl = new Uri(server, "/ipwhois/?key=k"),
        WeatherAlertsUrl = new Uri(server, "/alerts/active"),
        GeocodingUrl = new Uri(server, "/geocoding"),
        WeatherUrl = new Uri(server, "/forecast?apikey=k"),
        WikipediaUrl = new Uri(server, "/w/api.php"),
    };
}
