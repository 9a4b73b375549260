using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace ToolService.Core.Tools.Http;

/// <summary>
/// The one way by which tools reach other systems over HTTP. URLs are checked for scheme, port and credentials; a name is resolved once and
/// the connection pinned to an address that passed; private, metadata and other special addresses are refused unless
/// <see cref="HttpOptions.AllowPrivateNetworks"/> lists them; redirects are checked like first requests; size and time are bounded.
/// There are no cookies and no proxy. Safe to use from any thread; one instance serves the process.
/// </summary>
public sealed class GuardedHttp : IDisposable
{
    private const int MaxRedirects = 5;

    private readonly HttpOptions _options;
    private readonly TimeProvider _time;
    private readonly GuardedHandler _handler;
    private readonly HttpMessageInvoker _invoker;
    private readonly RequestSender _sender;

    /// <summary>Uses these settings and the system's name resolution.</summary>
    public GuardedHttp(IOptions<HttpOptions> options, TimeProvider time)
        : this(options.Value, time, Dns.GetHostAddressesAsync)
    {
    }

    internal GuardedHttp(HttpOptions options, TimeProvider time, ResolveHost resolve)
    {
        _options = options;
        _time = time;
        _handler = new GuardedHandler(options, resolve);
        _invoker = new HttpMessageInvoker(_handler, disposeHandler: true);
        _sender = new RequestSender(options, time, resolve, _invoker);
    }

    /// <summary>
    /// For SDKs that bring their own client: the same URL and address rules, without redirects; size and time are the SDK's. A refusal is a
    /// <see cref="ToolException"/>, or an <see cref="HttpRequestException"/> that has one inside. Do not dispose it.
    /// </summary>
    public HttpMessageHandler Handler => _handler;

    /// <summary>Fetches text with GET; see <see cref="GetAsync(HttpTextRequest, CancellationToken)"/>.</summary>
    public Task<HttpText> GetAsync(Uri url, string accept, CancellationToken cancellationToken) =>
        GetAsync(new HttpTextRequest(url, accept), cancellationToken);

    /// <summary>Fetches text with GET, following up to five redirects. Status codes such as 404 are returned.</summary>
    /// <exception cref="ToolException">
    /// The URL, its address or a redirect is not allowed; the answer is not text; the connection, TLS or time failed; or the status is 408,
    /// 429 or 5xx.
    /// <see cref="ToolException.Retryable"/> tells whether another try can help.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public Task<HttpText> GetAsync(HttpTextRequest request, CancellationToken cancellationToken) =>
        WithinAsync(_options.Timeout, request.Url.Host, token => FollowAsync(request, ReadTextAsync, token), cancellationToken);

    /// <summary>The same for anything that is not text, such as an image. Other statuses than those of success fail, as does a body that is too long.</summary>
    /// <param name="request">What to fetch.</param>
    /// <param name="maxBytes">The longest body.</param>
    /// <param name="cancellationToken">The caller gave up.</param>
    /// <exception cref="ToolException">As for text; or the body is longer, or the status is not one of success.</exception>
    public Task<HttpBytes> GetBytesAsync(HttpTextRequest request, int maxBytes, CancellationToken cancellationToken) => WithinAsync(
        _options.Timeout,
        request.Url.Host,
        token => FollowAsync(request, (url, response, reading) => ReadBytesAsync(url, response, maxBytes, reading), token),
        cancellationToken);

    /// <summary>
    /// Sends a request of any method. Redirects are followed for GET and HEAD up to five times, and after another method where the answer is
    /// elsewhere (303); headers stay with the first URL's origin. Status codes such as 404 are returned.
    /// </summary>
    /// <exception cref="ToolException">
    /// The URL, its address or a redirect is not allowed; the connection, TLS or time failed; or the status is 408, 429 or 5xx.
    /// <see cref="ToolException.Retryable"/> tells whether another try can help, and is false where a request that must not be sent twice may
    /// have arrived.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<HttpAnswer> SendAsync(HttpSend request, CancellationToken cancellationToken)
    {
        using var delivery = request.MayRunAgain ? null : new Delivery(request.Body ?? default);
        try
        {
            return await WithinAsync(
                request.Timeout ?? _options.Timeout,
                request.Url.Host,
                token => _sender.SendAsync(request, delivery, token),
                cancellationToken);
        }
        catch (ToolException e) when (delivery is not null && delivery.Judge(e) != e)
        {
            throw delivery.Judge(e);
        }
    }

    /// <summary>Lets pass only a URL that could be opened as far as it says itself: scheme, port, and an address in place of a name.</summary>
    /// <exception cref="ToolException">It could not.</exception>
    public void CheckForm(Uri url) => _handler.CheckForm(url);

    /// <summary>Lets pass only a URL that could be opened now: its scheme and port, and what its name means at the moment.</summary>
    /// <exception cref="ToolException">It could not; <see cref="ToolException.Retryable"/> tells whether that may change by itself.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public Task CheckAsync(Uri url, CancellationToken cancellationToken) => WithinAsync(
        _options.Timeout,
        url.Host,
        async token =>
        {
            await _handler.CheckAsync(url, token);
            return true;
        },
        cancellationToken);

    /// <summary>Sends JSON and tells the status of the answer, which is not read. Redirects are not followed.</summary>
    /// <exception cref="ToolException">The URL or its address is not allowed, or no answer came.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    internal Task<HttpStatusCode> PostAsync(HttpPost post, CancellationToken cancellationToken) =>
        WithinAsync(post.Timeout, post.Url.Host, token => SendAsync(post, token), cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _sender.Dispose();
        _invoker.Dispose();
    }

    private async Task<T> WithinAsync<T>(
        TimeSpan limit, string host, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ToolException($"'{host}' did not answer within {limit.TotalSeconds:0.###} seconds.", e) { Retryable = true };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            throw HttpFailure.OfException(e, host);
        }
    }

    private async Task<HttpStatusCode> SendAsync(HttpPost post, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, post.Url) { Content = new ByteArrayContent(post.Json) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        message.Headers.UserAgent.ParseAdd(_options.UserAgent);
        foreach (var (name, value) in post.Headers)
            message.Headers.Add(name, value);
        using var response = await _invoker.SendAsync(message, cancellationToken);
        return response.StatusCode;
    }

    private async Task<T> FollowAsync<T>(
        HttpTextRequest request, Func<Uri, HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var url = request.Url;
        for (var hops = 0; ; hops++)
        {
            using var message = Message(request, url);
            using var response = await _invoker.SendAsync(message, cancellationToken);
            if (Redirect.Target(url, response) is not { } next)
                return await read(url, response, cancellationToken);
            if (hops == MaxRedirects)
                throw new ToolException($"'{request.Url.Host}' redirects more than {MaxRedirects} times.");

            url = next;
        }
    }

    private HttpRequestMessage Message(HttpTextRequest request, Uri url)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, url);
        message.Headers.Accept.ParseAdd(request.Accept);
        message.Headers.UserAgent.ParseAdd(_options.UserAgent);
        if (Redirect.IsSameOrigin(request.Url, url))
            foreach (var (name, value) in request.Headers)
                message.Headers.Add(name, value);
        return message;
    }

    private async Task<HttpBytes> ReadBytesAsync(
        Uri url, HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        if (HttpFailure.OfStatus(response, url.Host, _time.GetUtcNow()) is { } failure)
            throw failure;
        if (!response.IsSuccessStatusCode)
            throw new ToolException($"'{url.Host}' answered with status {(int)response.StatusCode}.");

        var (bytes, truncated) = await BoundedBody.ReadAsync(response.Content, maxBytes, cancellationToken);
        return truncated
            ? throw new ToolException($"'{url.Host}' answered with more than {maxBytes:N0} bytes.")
            : new HttpBytes(response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant(), bytes);
    }

    private async Task<HttpText> ReadTextAsync(Uri url, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (HttpFailure.OfStatus(response, url.Host, _time.GetUtcNow()) is { } failure)
            throw failure;

        var type = response.Content.Headers.ContentType;
        var mediaType = type?.MediaType?.ToLowerInvariant();
        if (!TextDecoding.IsText(mediaType))
            throw new ToolException($"'{url.Host}' answered with {mediaType}, which is not text.");

        var (bytes, truncated) = await BoundedBody.ReadAsync(response.Content, _options.MaxResponseBytes, cancellationToken);
        return new HttpText(response.StatusCode, url, mediaType, TextDecoding.Decode(bytes, type), truncated);
    }
}
