namespace ToolService.Core.Tools.Http;

/// <summary>Sends requests whose URL passes the rules over connections whose address did.</summary>
internal sealed class GuardedHandler : DelegatingHandler
{
    private const int MaxHeaderKilobytes = 32;
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    private readonly UrlRules _urls;

    public GuardedHandler(HttpOptions options, ResolveHost resolve)
        : base(Sockets(options, resolve)) => _urls = new UrlRules(options.AllowedPorts);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _urls.Check(request.RequestUri ?? throw new ToolException("The request has no URL."));
        return base.SendAsync(request, cancellationToken);
    }

    private static SocketsHttpHandler Sockets(HttpOptions options, ResolveHost resolve) => new()
    {
        // A proxy would resolve the name again, out of reach of the address rules.
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        ConnectCallback = new PinnedConnector(new AddressRules(options.AllowPrivateNetworks), resolve).ConnectAsync,
        ConnectTimeout = options.Timeout,
        MaxResponseHeadersLength = MaxHeaderKilobytes,
        MaxResponseDrainSize = 0,
        PooledConnectionLifetime = ConnectionLifetime,
        // Trace ids are the operator's, not every web site's.
        ActivityHeadersPropagator = null,
    };
}
