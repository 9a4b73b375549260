using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics;
using ToolService.Api.Hosting.Json;
using ToolService.Core.Storage;

namespace ToolService.Api.Hosting.Errors;

/// <summary>
/// Turns what endpoints throw into problems: a request's own fault into one that says what to change, a store that fails
/// into a 503 that says what became of the write, anything else into a bare 500.
/// </summary>
internal sealed partial class ExceptionProblems(JsonFailures jsonFailures, ILogger<ExceptionProblems> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!IsOfTheRequest(exception) && !RequestCharset.IsFault(httpContext.Request, exception))
            LogUnhandled(exception, httpContext.Request.Method, httpContext.Request.Path, ProblemResult.TraceIdOf(httpContext));

        await Of(httpContext, exception).ExecuteAsync(httpContext);
        return true;
    }

    // Its own fault, or that it was cut off since the service stops.
    private static bool IsOfTheRequest(Exception exception) =>
        exception is BadHttpRequestException or OperationCanceledException { InnerException: ConnectionAbortedException };

    private ProblemResult Of(HttpContext context, Exception exception) => exception switch
    {
        BadHttpRequestException { InnerException: JsonException json } => jsonFailures.Describe(EndpointOf(context), json),
        BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } bad => Problems.BadRequest("invalid_request", BindingFailures.Describe(bad)),
        BadHttpRequestException bad => StatusProblems.Of(context, bad.StatusCode),
        _ when RequestCharset.IsFault(context.Request, exception) => StatusProblems.Of(context, StatusCodes.Status415UnsupportedMediaType),
        StorageException storage => Problems.Unavailable("storage_unavailable", storage.Message),
        _ => Problems.Internal(),
    };

    // The exception handler takes the endpoint off the request.
    private static Endpoint? EndpointOf(HttpContext context) => context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint();

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed; trace {TraceId}")]
    private partial void LogUnhandled(Exception exception, string method, PathString path, string traceId);
}
