using ToolService.Api.Hosting.Errors;

namespace ToolService.Api.Hosting.Security;

/// <summary>
/// Guards a service without API keys: it serves programs on this machine and pages that this machine serves, and nobody who
/// reaches it through a proxy, a name that another site has pointed here, or a browser that shows another site.
/// </summary>
internal sealed class LocalOnlyMiddleware(RequestDelegate next, AllowedHosts hosts)
{
    // Also those to which ASP.NET Core's own forwarding moves the originals.
    private static readonly string[] ForwardingHeaders =
        ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "X-Original-For", "X-Original-Host"];

    public Task InvokeAsync(HttpContext context)
    {
        if (Refusal(context) is { } refusal)
            return refusal.ExecuteAsync(context);

        context.Features.Set(Caller.Local);
        return next(context);
    }

    private ProblemResult? Refusal(HttpContext context)
    {
        // Without a remote address the connection is a Unix socket, which only this machine has.
        if (context.Connection.RemoteIpAddress is { } remote && !LoopbackNames.IsLoopback(remote))
            return AccessProblems.NotLocal();
        if (WasForwarded(context.Request.Headers))
            return AccessProblems.Forwarded();
        if (!hosts.Allows(context.Request.Host))
            return AccessProblems.HostNotAllowed(context.Request.Host);

        return IsForeign(context.Request) ? AccessProblems.ForeignOrigin() : null;
    }

    private static bool WasForwarded(IHeaderDictionary headers)
    {
        foreach (var header in ForwardingHeaders)
            if (headers.ContainsKey(header))
                return true;

        return false;
    }

    private static bool IsForeign(HttpRequest request)
    {
        var origins = request.Headers.Origin;
        if (origins.Count == 0)
            return false;
        if (!Uri.TryCreate(origins, UriKind.Absolute, out var origin))
            return true;

        return !LoopbackNames.IsLoopback(origin.Host)
            && !(origin.Scheme == request.Scheme && origin.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
