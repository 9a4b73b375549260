namespace ToolService.Core.Tools.Http;

/// <summary>Clients for SDKs that want one of their own.</summary>
internal static class GuardedClients
{
    /// <summary>A client that opens nothing but what the service may open. It has no time limit; whoever uses it has.</summary>
    /// <param name="http">What is guarded.</param>
    /// <param name="around">Puts a handler around the guarded one.</param>
    public static HttpClient CreateClient(this GuardedHttp http, Func<HttpMessageHandler, HttpMessageHandler> around) =>
        new(around(http.Handler), disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
}
