namespace ToolService.Api.Hosting.Security;

/// <summary>What endpoints use of authentication.</summary>
public static class SecurityExtensions
{
    /// <summary>Who sent the request.</summary>
    /// <exception cref="InvalidOperationException">The endpoint allows anonymous requests, so nobody was asked.</exception>
    public static Caller Caller(this HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("An anonymous endpoint has no caller.");

    /// <summary>
    /// Lets only callers in who have at least one of these scopes (<c>admin</c> counts as each); others get a 403 that names them.
    /// On a group and again on an endpoint of it, both must be met. Endpoints without any need a valid key.
    /// </summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, params string[] anyOf)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RequiredScope(anyOf));
}
