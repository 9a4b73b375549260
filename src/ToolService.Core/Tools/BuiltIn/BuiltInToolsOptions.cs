namespace ToolService.Core.Tools.BuiltIn;

/// <summary>
/// Where the built-in tools ask: <c>BuiltInTools</c>. Each is a complete address that speaks the default's format; query parameters in it,
/// such as a key, are kept. An address in a private network also needs <c>Http:AllowPrivateNetworks</c>.
/// </summary>
public sealed class BuiltInToolsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "BuiltInTools";

    /// <summary>Answers <c>{"ip": …}</c> with the caller's address. Default <c>https://api.ipify.org/?format=json</c>.</summary>
    public Uri IpAddressUrl { get; set; } = new("https://api.ipify.org/?format=json");

    /// <summary>Locates the IP address appended to its path, as ipwho.is does. Default <c>https://ipwho.is/</c>.</summary>
    public Uri IpLocationUrl { get; set; } = new("https://ipwho.is/");

    /// <summary>The National Weather Service's active alerts. Default <c>https://api.weather.gov/alerts/active</c>.</summary>
    public Uri WeatherAlertsUrl { get; set; } = new("https://api.weather.gov/alerts/active");

    /// <summary>Open-Meteo's search for places. Default <c>https://geocoding-api.open-meteo.com/v1/search</c>.</summary>
    public Uri GeocodingUrl { get; set; } = new("https://geocoding-api.open-meteo.com/v1/search");

    /// <summary>Open-Meteo's forecast. Default <c>https://api.open-meteo.com/v1/forecast</c>.</summary>
    public Uri WeatherUrl { get; set; } = new("https://api.open-meteo.com/v1/forecast");

    /// <summary>A MediaWiki's API; its host chooses Wikipedia's language. Default <c>https://en.wikipedia.org/w/api.php</c>.</summary>
    public Uri WikipediaUrl { get; set; } = new("https://en.wikipedia.org/w/api.php");
}
