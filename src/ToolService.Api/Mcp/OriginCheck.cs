using ToolService.Api.Hosting.Errors;
using ToolService.Api.Hosting.Security;

namespace ToolService.Api.Mcp;

/// <summary>Keeps pages of other sites away, whatever key their reader's browser holds.</summary>
internal static class OriginCheck
{
    /// <summary>The problem with a request's Origin; null where it may come from there, or from no page at all.</summary>
    public static ProblemResult? Check(HttpRequest request, McpEndpointOptions options)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || IsOwn(origin, request) || options.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase)
            ? null
            : Problems.Forbidden(
                "foreign_origin",
                $"This request came from a page of another site. Add its origin to {McpEndpointOptions.Section}:AllowedOrigins if it may.");
    }

    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && (LoopbackNames.IsLoopback(page.Host)
            || (page.Scheme == request.Scheme && page.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)));
}
