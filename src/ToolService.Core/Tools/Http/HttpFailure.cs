using System.Net;

namespace ToolService.Core.Tools.Http;

/// <summary>Turns what goes wrong on the wire into words for the model, without the wire's own details.</summary>
internal static class HttpFailure
{
    /// <summary>The failure that stands for a status which may pass by itself; null for any other status.</summary>
    public static ToolException? OfStatus(HttpResponseMessage response, string host, DateTimeOffset now)
    {
        var status = (int)response.StatusCode;
        if (status is not (408 or 429 or >= 500))
            return null;

        var what = response.StatusCode == HttpStatusCode.TooManyRequests ? "has had too many requests" : "cannot answer at the moment";
        return new ToolException($"'{host}' {what} (status {status}); try again later.")
        {
            Retryable = true,
            RetryAfter = RetryAfter(response, now),
        };
    }

    /// <summary>The failure that stands for an exception of the HTTP stack.</summary>
    public static ToolException OfException(Exception exception, string host)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
            if (inner is ToolException known)
                return known;

        var (what, retryable) = (exception as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.SecureConnectionError => ("has no valid TLS certificate, or does not speak TLS", false),
            HttpRequestError.ConfigurationLimitExceeded => ("answered with headers that are too large", false),
            HttpRequestError.InvalidResponse => ("answered something that is not HTTP", false),
            _ when exception is InvalidDataException => ("answered with a body that cannot be decompressed", false),
            _ => ("broke the connection off", true),
        };
        return new ToolException($"'{host}' {what}.", exception) { Retryable = retryable };
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date - now);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
