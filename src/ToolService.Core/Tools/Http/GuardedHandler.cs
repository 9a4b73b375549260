namespace ToolService.Core.Tools.Http;

/// <summary>Sends requests whose URL passes the rules over connections whose address did.</summary>
internal sealed class GuardedHandler : DelegatingHandler
{
    private const int MaxHeaderKilobytes = 32;
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    private readonly UrlRules _urls;
    private readonly PinnedConnector _connector;

    /// <param name="options">The rules.</param>
    /// <param name="resolve">Finds names' addresses.</param>
    /// <param name="keepsSecrets">Whether plain http goes to special addresses only, of those that are allowed.</param>
    public GuardedHandler(HttpOptions options, ResolveHost resolve, bool keepsSecrets = false)
        : this(options, new PinnedConnector(new AddressRules(options.AllowPrivateNetworks), resolve, keepsSecrets))
    {
    }

    private GuardedHandler(HttpOptions options, PinnedConnector connector)
        : base(Sockets(options, connector)) => (_urls, _connector) = (new UrlRules(options.AllowedPorts), connector);

    /// <summary>Lets pass only a URL that could be opened now; nothing is connected to.</summary>
    /// <exception cref="ToolException">It could not.</exception>
    public Task CheckAsync(Uri url, CancellationToken cancellationToken)
    {
        _urls.Check(url);
        return _connector.AddressesAsync(url.IdnHost, cancellationToken);
    }

    /// <summary>The same as far as the URL says it itself: a name is not resolved.</summary>
    /// <exception cref="ToolException">It could not.</exception>
    public void CheckForm(Uri url)
    {
        _urls.Check(url);
        _connector.CheckLiteral(url.IdnHost);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _urls.Check(request.RequestUri ?? throw new ToolException("The request has no URL."));
        return base.SendAsync(request, cancellationToken);
    }

    private static SocketsHttpHandler Sockets(HttpOptions options, PinnedConnector connector) => new()
    {
        // A proxy would resolve the name again, out of reach of the address rules.
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        ConnectCallback = connector.ConnectAsync,
        ConnectTimeout = options.Timeout,
        MaxResponseHeadersLength = MaxHeaderKilobytes,
        MaxResponseDrainSize = 0,
        PooledConnectionLifetime = ConnectionLifetime,
        // Trace ids are the operator's, not every web site's.
        ActivityHeadersPropagator = null,
    };
}
