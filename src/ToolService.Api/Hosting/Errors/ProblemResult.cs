using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace ToolService.Api.Hosting.Errors;

/// <summary>Answers with a <see cref="Errors.Problem"/>, made by <see cref="Problems"/>.</summary>
public sealed class ProblemResult : IResult, IStatusCodeHttpResult, IValueHttpResult<Problem>, IContentTypeHttpResult
{
    /// <summary>The media type of problems.</summary>
    public const string MediaType = "application/problem+json";

    internal ProblemResult(Problem problem, TimeSpan? retryAfter = null)
    {
        Problem = problem;
        RetryAfter = retryAfter;
    }

    /// <summary>What is answered, but for the trace id, which the request gives.</summary>
    public Problem Problem { get; }

    /// <summary>When to try again, sent as <c>Retry-After</c>.</summary>
    public TimeSpan? RetryAfter { get; }

    Problem IValueHttpResult<Problem>.Value => Problem;

    int? IStatusCodeHttpResult.StatusCode => Problem.Status;

    string IContentTypeHttpResult.ContentType => MediaType;

    /// <summary>Finds the request in logs and traces.</summary>
    public static string TraceIdOf(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

    // The exception handler takes the endpoint off the request.
    private static IProblemForm? FormOf(HttpContext context) =>
        (context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint()) is RouteEndpoint endpoint
            ? endpoint.Metadata.GetMetadata<IProblemForm>()
            : FormAt(context);

    // A method or media type that the path does not take leads to an endpoint of the framework's own, which knows nothing of the path's.
    private static IProblemForm? FormAt(HttpContext context) => context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .Where(endpoint => string.Equals(endpoint.RoutePattern.RawText, context.Request.Path.Value, StringComparison.OrdinalIgnoreCase))
        .Select(endpoint => endpoint.Metadata.GetMetadata<IProblemForm>())
        .FirstOrDefault(form => form is not null);

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var options = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var told = Problem with { TraceId = TraceIdOf(httpContext) };
        var form = FormOf(httpContext);
        var body = form?.Write(told, options) ?? JsonSerializer.SerializeToUtf8Bytes(told, options.GetTypeInfo(typeof(Problem)));

        httpContext.Response.StatusCode = Problem.Status;
        httpContext.Response.ContentType = form?.MediaType ?? MediaType;
        httpContext.Response.ContentLength = body.Length;
        if (RetryAfter is { } delay)
            httpContext.Response.Headers.RetryAfter = Math.Ceiling(delay.TotalSeconds).ToString("F0");

        return HttpMethods.IsHead(httpContext.Request.Method) ? Task.CompletedTask : httpContext.Response.Body.WriteAsync(body).AsTask();
    }
}
