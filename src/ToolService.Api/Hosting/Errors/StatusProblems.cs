using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;
using ToolService.Api.Hosting.Settings;

namespace ToolService.Api.Hosting.Errors;

/// <summary>Gives a body to responses that the framework ended with nothing but a status.</summary>
internal static class StatusProblems
{
    public static Task WriteAsync(StatusCodeContext status)
    {
        var context = status.HttpContext;
        return Of(context, context.Response.StatusCode).ExecuteAsync(context);
    }

    public static ProblemResult Of(HttpContext context, int status) => status switch
    {
        StatusCodes.Status404NotFound => Problems.NotFound("not_found", $"There is nothing at {context.Request.Path}; /swagger lists what there is."),
        StatusCodes.Status405MethodNotAllowed =>
            Problems.Of(status, "method_not_allowed", $"{context.Request.Path} does not take {context.Request.Method}; it takes {context.Response.Headers.Allow}."),
        StatusCodes.Status413PayloadTooLarge =>
            Problems.Of(status, "body_too_large", $"The body is larger than {MaxRequestBytes(context)} bytes (setting Server:MaxRequestBytes)."),
        StatusCodes.Status415UnsupportedMediaType =>
            Problems.Of(status, "unsupported_media_type", "Send the body as JSON, with the header 'Content-Type: application/json'."),
        >= StatusCodes.Status500InternalServerError => Problems.Of(status, code: null, detail: null),
        _ => Problems.Of(status, "invalid_request", "The request cannot be served as it is."),
    };

    private static long MaxRequestBytes(HttpContext context) => context.RequestServices.GetRequiredService<IOptions<ServerOptions>>().Value.MaxRequestBytes;
}
