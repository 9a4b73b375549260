using System.Net;
using System.Net.Sockets;

namespace ToolService.Core.Tools.Http;

/// <summary>
/// Opens connections: resolves a name once, checks the addresses and connects to one that passed, so that a name cannot mean one thing when
/// it is checked and another when it is used. Where a name has several addresses, those that may not be opened are left out.
/// </summary>
internal sealed class PinnedConnector(AddressRules rules, ResolveHost resolve, bool keepsSecrets = false)
{
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var target = context.DnsEndPoint;
        var addresses = await AddressesAsync(target.Host, cancellationToken);
        if (keepsSecrets && context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttp)
            addresses = OwnNetworks(target.Host, addresses);
        SocketException? failure = null;
        foreach (var address in addresses)
        {
            try
            {
                return await ConnectAsync(new IPEndPoint(address, target.Port), cancellationToken);
            }
            catch (SocketException e)
            {
                failure = e;
            }
        }

        throw new ToolException($"'{target.Host}' could not be connected to on port {target.Port}.", failure) { Retryable = true };
    }

    /// <summary>A host's addresses that may be opened, of which there is at least one.</summary>
    /// <exception cref="ToolException">There is none, or the host cannot be found.</exception>
    public async Task<IReadOnlyList<IPAddress>> AddressesAsync(string host, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await ResolveAsync(host, cancellationToken);
        var acceptable = addresses.Where(address => rules.Refusal(address) is null).ToList();
        return acceptable.Count > 0 ? acceptable : throw Refused(host, addresses[0]);
    }

    /// <summary>Refuses an address that may not be opened and is written in place of a name.</summary>
    /// <exception cref="ToolException">It may not.</exception>
    public void CheckLiteral(string host)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var literal) && rules.Refusal(literal) is not null)
            throw Refused(host, literal);
    }

    // Whatever is special and passed the rules is in a network that the operator listed.
    private static List<IPAddress> OwnNetworks(string host, IReadOnlyList<IPAddress> addresses)
    {
        var own = addresses.Where(address => SpecialAddresses.KindOf(address) is not null).ToList();
        return own.Count > 0
            ? own
            : throw new ToolException(
                $"Secrets are not sent to '{host}' over plain http: use https, or list its private network in Http:AllowPrivateNetworks.");
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            var addresses = await resolve(host, cancellationToken);
            return addresses.Length > 0 ? addresses : throw new ToolException($"The host '{host}' has no address.");
        }
        catch (SocketException e)
        {
            throw new ToolException($"The host '{host}' cannot be found.", e) { Retryable = e.SocketErrorCode == SocketError.TryAgain };
        }
        catch (ArgumentException e)
        {
            throw new ToolException($"'{host}' is not a host name.", e);
        }
    }

    private static async Task<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // The address is for the operator's log: shown to a model it would let a prompt map the internal network by name.
    private ToolException Refused(string host, IPAddress address) => new(
        $"'{host}' has a {rules.Refusal(address)} address, which this service does not open; "
        + "the operator can permit it with Http:AllowPrivateNetworks.",
        new InvalidOperationException($"Refused to connect to {host} at {address}."));
}
