using System.Net;

namespace ToolService.Api.Hosting.Security;

/// <summary>Tells this machine's own addresses and names from others.</summary>
internal static class LoopbackNames
{
    /// <summary>Whether a host, as it stands in a URL or a Host header without its port, can only mean this machine.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IsLoopback(address));

    public static bool IsLoopback(IPAddress address) => IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}
