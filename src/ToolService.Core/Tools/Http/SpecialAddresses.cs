using System.Net;
using System.Net.Sockets;

namespace ToolService.Core.Tools.Http;

/// <summary>Addresses that are not a public server's, by the IANA special-purpose registries and the clouds' own documents.</summary>
internal static class SpecialAddresses
{
    private const string Metadata = "cloud metadata";

    private static readonly HashSet<IPAddress> MetadataAddresses =
    [
        .. new[]
        {
            "169.254.169.254", "169.254.170.2", "169.254.170.23", "100.100.100.200", "192.0.0.192", "168.63.129.16",
            "fd00:ec2::254", "fd00:ec2::23", "fd20:ce::254",
        }.Select(IPAddress.Parse),
    ];

    // The first match counts, so a narrower network stands before the one that contains it.
    private static readonly (IPNetwork Network, string Kind)[] Version4 =
    [
        Of("0.0.0.0/8", "unspecified"), Of("10.0.0.0/8", "private"), Of("100.64.0.0/10", "carrier-internal"),
        Of("127.0.0.0/8", "loopback"), Of("169.254.0.0/16", "link-local"), Of("172.16.0.0/12", "private"),
        Of("192.0.0.0/24", "reserved"), Of("192.0.2.0/24", "documentation"), Of("192.88.99.0/24", "reserved"),
        Of("192.168.0.0/16", "private"), Of("198.18.0.0/15", "benchmarking"), Of("198.51.100.0/24", "documentation"),
        Of("203.0.113.0/24", "documentation"), Of("224.0.0.0/4", "multicast"), Of("255.255.255.255/32", "broadcast"),
        Of("240.0.0.0/4", "reserved"),
    ];

    private static readonly (IPNetwork Network, string Kind)[] Version6 =
    [
        Of("::/128", "unspecified"), Of("::1/128", "loopback"), Of("fe80::/10", "link-local"),
        Of("fc00::/7", "private"), Of("ff00::/8", "multicast"), Of("2001:db8::/32", "documentation"),
        Of("3fff::/20", "documentation"), Of("2001::/23", "reserved"),
    ];

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>Whether it is where a cloud hands its machines their credentials.</summary>
    public static bool IsMetadata(IPAddress address) => MetadataAddresses.Contains(address);

    /// <summary>An adjective for an address that is not public, such as <c>private</c>; null for a public one.</summary>
    public static string? KindOf(IPAddress address)
    {
        if (IsMetadata(address))
            return Metadata;
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return Find(Version4, address);
        if (Embedded(address) is { } inner)
            return KindOf(inner);

        // Of IPv6 only 2000::/3 has been given out: whatever else is there, now or later, is not a public server.
        return Find(Version6, address) ?? (GlobalUnicast.Contains(address) ? null : "reserved");
    }

    private static IPAddress? Embedded(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();

        var bytes = address.GetAddressBytes();
        if (Nat64.Contains(address))
            return new IPAddress(bytes.AsSpan(12, 4));
        return SixToFour.Contains(address) ? new IPAddress(bytes.AsSpan(2, 4)) : null;
    }

    private static string? Find((IPNetwork Network, string Kind)[] table, IPAddress address) =>
        table.FirstOrDefault(entry => entry.Network.Contains(address)).Kind;

    private static (IPNetwork Network, string Kind) Of(string network, string kind) => (IPNetwork.Parse(network), kind);
}
