using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;
using ToolService.Core.Tools.Http;

namespace ToolService.Core.Tools.BuiltIn;

/// <summary>The service's own address, and where addresses are.</summary>
internal sealed class NetworkTools(JsonService service, BuiltInToolsOptions options)
{
    private const int MaxText = 100;
    private const int LongestAddress = 45;

    [Tool("get_ip_address", ReadOnly = true, Idempotent = true, OpenWorld = true, Tags = ["network", "web"])]
    [Description("Returns the public IP address of this service.")]
    public async Task<IpAddress> GetIpAddressAsync(CancellationToken cancellationToken)
    {
        var answer = await service.GetAsync(options.IpAddressUrl, WireJson.Default.IpifyAnswer, cancellationToken);
        return IPAddress.TryParse(answer.Ip, out var address)
            ? new IpAddress(address.ToString())
            : throw new ToolException($"'{options.IpAddressUrl.Host}' did not answer with an IP address.");
    }

    [Tool("get_location_info", ReadOnly = true, Idempotent = true, OpenWorld = true, Tags = ["network", "web"])]
    [Description("Returns the approximate location of an IP address: city, region, country, coordinates, time zone, network owner.")]
    public async Task<IpLocation> GetLocationInfoAsync(
        [Description("A public IPv4 or IPv6 address, such as 8.8.8.8. Left out: this service's own address.")]
        [MaxLength(LongestAddress)]
        string? ip = null,
        CancellationToken cancellationToken = default)
    {
        var address = string.IsNullOrWhiteSpace(ip) ? "" : PublicAddress(ip.Trim()).ToString();
        var url = new UriBuilder(options.IpLocationUrl);
        url.Path = $"{url.Path.TrimEnd('/')}/{address}";

        var answer = await service.GetAsync(url.Uri, WireJson.Default.IpWhoisAnswer, cancellationToken);
        if (answer.Success is not true)
            throw new ToolException($"'{url.Host}' knows no location{(answer.Message is { } why ? $": {Excerpt.Of(why, MaxText)}" : "")}.");

        var owner = answer.Connection?.Org ?? answer.Connection?.Isp;
        return new IpLocation(
            Short(answer.Ip) ?? address, Short(answer.City), Short(answer.Region), Short(answer.Country), Short(answer.CountryCode),
            answer.Latitude, answer.Longitude, Short(answer.Timezone?.Id), Short(owner));
    }

    // The parser also takes "1" and "0x7f.1", which nobody means as an address.
    private static IPAddress PublicAddress(string text)
    {
        if (!IPAddress.TryParse(text, out var address)
            || (address.AddressFamily == AddressFamily.InterNetwork && text.Split('.').Length != 4))
            throw new ToolException(
                $"'{Excerpt.Of(text, LongestAddress)}' is not an IP address; write it like 8.8.8.8 or 2001:4860:4860::8888.");
        return SpecialAddresses.KindOf(address) is { } kind
            ? throw new ToolException($"{address} is a {kind} address, which has no location.")
            : address;
    }

    private static string? Short(string? text) => text is { Length: > 0 } ? Excerpt.Of(text, MaxText) : null;
}
