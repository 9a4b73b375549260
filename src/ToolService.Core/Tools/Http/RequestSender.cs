using System.Net;
using System.Net.Http.Headers;

namespace ToolService.Core.Tools.Http;

/// <summary>Sends a request and follows redirects where nothing is sent twice or elsewhere by that.</summary>
internal sealed class RequestSender(HttpOptions options, TimeProvider time, ResolveHost resolve, HttpMessageInvoker usual) : IDisposable
{
    private const int MaxRedirects = 5;

    // Connections of its own: one that is kept was opened under the rules of the request that opened it.
    private readonly HttpMessageInvoker _confidential =
        new(new GuardedHandler(options, resolve, keepsSecrets: true), disposeHandler: true);

    /// <param name="request">What to send.</param>
    /// <param name="delivery">Its body, and what is known of its arrival; null where it may be sent twice.</param>
    /// <param name="cancellationToken">The time is over, or the caller gave up.</param>
    public async Task<HttpAnswer> SendAsync(HttpSend request, Delivery? delivery, CancellationToken cancellationToken)
    {
        var (method, url) = (request.Method, request.Url);
        for (var hops = 0; ; hops++)
        {
            using var message = Message(request, method, url, hops == 0 ? delivery : null);
            var invoker = request.IsConfidential && Redirect.IsSameOrigin(request.Url, url) ? _confidential : usual;
            using var response = await invoker.SendAsync(message, cancellationToken);
            if (Redirect.Target(url, response) is not { } next)
                return await ReadAsync(request, url, response, delivery, cancellationToken);
            if (hops == MaxRedirects)
                throw new ToolException($"'{request.Url.Host}' redirects more than {MaxRedirects} times.");

            method = MethodAfter(method, response.StatusCode, url);
            url = next;
        }
    }

    public void Dispose() => _confidential.Dispose();

    private static HttpMethod MethodAfter(HttpMethod method, HttpStatusCode status, Uri from)
    {
        if (method == HttpMethod.Get || method == HttpMethod.Head)
            return method;

        return status == HttpStatusCode.SeeOther
            ? HttpMethod.Get
            : throw new ToolException(
                $"'{from.Host}' answered {method} with a redirect (status {(int)status}), which is followed for GET and HEAD only; "
                + "the request must go to its final URL.");
    }

    private HttpRequestMessage Message(HttpSend request, HttpMethod method, Uri url, Delivery? delivery)
    {
        var message = new HttpRequestMessage(method, url);
        if (method == request.Method)
            message.Content = delivery as HttpContent ?? (request.Body is { } body ? new ReadOnlyMemoryContent(body) : null);
        if (message.Content is { } content && request.ContentType is { } type)
            content.Headers.TryAddWithoutValidation("Content-Type", type);

        var isHome = Redirect.IsSameOrigin(request.Url, url);
        foreach (var (name, value) in request.Headers)
            if ((isHome || IsNeutral(name)) && !message.Headers.TryAddWithoutValidation(name, value))
                message.Content?.Headers.TryAddWithoutValidation(name, value);
        if (!message.Headers.Contains("User-Agent"))
            message.Headers.UserAgent.ParseAdd(options.UserAgent);
        return message;
    }

    private static bool IsNeutral(string name) => name.Equals("Accept", StringComparison.OrdinalIgnoreCase);

    private async Task<HttpAnswer> ReadAsync(
        HttpSend request, Uri url, HttpResponseMessage response, Delivery? delivery, CancellationToken cancellationToken)
    {
        if (HttpFailure.OfStatus(response, url.Host, time.GetUtcNow()) is { } failure)
        {
            delivery?.IsRefused = IsRefusal(response.StatusCode, failure);
            throw failure;
        }

        var limit = Math.Min(request.MaxBytes ?? options.MaxResponseBytes, options.MaxResponseBytes);
        var (bytes, truncated) = await BoundedBody.ReadAsync(response.Content, limit, cancellationToken);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
            headers[header.Key] = header.Value.ToString();
        return new HttpAnswer(response.StatusCode, url, MediaType(response.Content.Headers.ContentType), headers, bytes, truncated);
    }

    // A server that says when to come back has not begun.
    private static bool IsRefusal(HttpStatusCode status, ToolException failure) =>
        status is HttpStatusCode.TooManyRequests
        || (status is HttpStatusCode.ServiceUnavailable && failure.RetryAfter is not null);

    private static string? MediaType(MediaTypeHeaderValue? type) => type?.MediaType?.ToLowerInvariant();
}
