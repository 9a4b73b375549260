using Microsoft.AspNetCore.Authorization;
using ToolService.Api.Hosting.Errors;

namespace ToolService.Api.Hosting.Security;

/// <summary>
/// Finds the caller of a service with API keys and checks the endpoint's scopes. Stands in for ASP.NET Core's authentication and
/// authorization, whose per-request handlers, principals and policies cost several times as much as hashing the key.
/// </summary>
internal sealed class ApiKeyMiddleware(RequestDelegate next, ApiKeys keys, AllowedHosts hosts)
{
    private const string KeyHeader = "X-Api-Key";
    private const string Scheme = "Bearer ";

    public Task InvokeAsync(HttpContext context)
    {
        if (!hosts.Allows(context.Request.Host))
            return AccessProblems.HostNotAllowed(context.Request.Host).ExecuteAsync(context);
        if (context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return next(context);
        if (keys.Find(PresentedKey(context.Request.Headers)) is not { } caller)
            return Refuse(context);

        foreach (var required in endpoint.Metadata.GetOrderedMetadata<RequiredScope>())
            if (!caller.HasAny(required.AnyOf))
                return AccessProblems.MissingScope(required.AnyOf).ExecuteAsync(context);

        context.Features.Set(caller);
        return next(context);
    }

    private static ReadOnlySpan<char> PresentedKey(IHeaderDictionary headers)
    {
        var authorization = headers.Authorization;
        if (authorization.Count == 1 && authorization[0] is { } value && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return value.AsSpan(Scheme.Length).Trim();

        return headers.TryGetValue(KeyHeader, out var key) && key.Count == 1 ? key[0].AsSpan().Trim() : default;
    }

    private static Task Refuse(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Unauthorized("Send a valid API key, as 'Authorization: Bearer KEY' or 'X-Api-Key: KEY'.").ExecuteAsync(context);
    }
}
