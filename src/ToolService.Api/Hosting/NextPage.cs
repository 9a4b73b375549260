using Microsoft.AspNetCore.Http.Extensions;
using ToolService.Api.Hosting.Errors;

namespace ToolService.Api.Hosting;

/// <summary>Pages of lists: how large, and where the next one is.</summary>
internal static class NextPage
{
    public const int MaxLimit = 1000;
    public const int DefaultLimit = 100;

    public static ProblemResult BadLimit(int limit) =>
        Problems.BadRequest("invalid_request", $"limit must be 1 to {MaxLimit}, is {limit}.", [new ProblemError("limit", "range", $"Must be 1 to {MaxLimit}.")]);

    /// <summary>Tells the client where the list goes on: <c>Link: &lt;…&gt;; rel="next"</c>.</summary>
    public static void Link(HttpContext context, string after)
    {
        var query = new QueryBuilder(context.Request.Query.Where(pair => pair.Key != "after")) { { "after", after } };
        context.Response.Headers.Link = $"<{context.Request.PathBase}{context.Request.Path}{query}>; rel=\"next\"";
    }
}
