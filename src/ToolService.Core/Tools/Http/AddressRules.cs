using System.Net;

namespace ToolService.Core.Tools.Http;

/// <summary>Which addresses may be connected to: public ones, and those that the operator listed.</summary>
internal sealed class AddressRules(IEnumerable<string> allowPrivateNetworks)
{
    private readonly IPNetwork[] _allowed = [.. allowPrivateNetworks.Select(IPNetwork.Parse)];

    /// <summary>What kind of special address this is, where it may not be connected to; null where it may.</summary>
    public string? Refusal(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var kind = SpecialAddresses.KindOf(plain);
        return kind is null || _allowed.Any(network => Opens(network, plain)) ? null : kind;
    }

    // A wide network in the list is meant for neighbours; credentials for the whole machine must be named to be reached.
    private static bool Opens(IPNetwork network, IPAddress address) =>
        network.Contains(address)
        && (!SpecialAddresses.IsMetadata(address) || network.PrefixLength == address.GetAddressBytes().Length * 8);
}
