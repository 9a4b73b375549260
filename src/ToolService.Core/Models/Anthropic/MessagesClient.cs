using System.Collections.Frozen;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Anthropic;
using Anthropic.Core;
using Anthropic.Exceptions;
using Microsoft.Extensions.AI;
using ToolService.Core.Models.Wire;
using MessageCreateParams = Anthropic.Models.Messages.MessageCreateParams;

namespace ToolService.Core.Models.Anthropic;

/// <summary>
/// Anthropic's Messages API. The SDK carries requests (address, authentication, connections, timeout); their bodies are written and read
/// here. Its own <c>AsIChatClient</c> keeps no text of a call's arguments, takes the last of two members with the same name, calls arguments
/// that never came null, and gives a stream that broke off as a short answer. Its errors have no headers, and so no <c>Retry-After</c>. It
/// writes no JSON deeper than 64 levels, which a call with deep arguments exceeds once it lies in a history.
/// </summary>
internal sealed class MessagesClient : IChatClient
{
    private const int MaxAnswerBytes = 64 * 1024 * 1024;
    private static readonly Uri AnthropicBaseUrl = new("https://api.anthropic.com");
    private static readonly FrozenDictionary<string, JsonElement> Nothing = FrozenDictionary<string, JsonElement>.Empty;
    // They say which address is meant; what goes there is written here.
    private static readonly MessageCreateParams NoParams = MessageCreateParams.FromRawUnchecked(Nothing, Nothing, Nothing);

    private readonly HttpClient _http;
    private readonly IAnthropicClientWithRawResponse _client;
    private readonly MessagesRequest _request;
    private readonly MessagesHeaders _headers;
    private readonly ProviderErrors _errors;
    private readonly TimedAnswer _answers;
    private readonly ChatClientMetadata _metadata;
    private readonly string _model;
    private readonly TimeProvider _time;

    /// <param name="name">The name under which the model is configured.</param>
    /// <param name="options">Where it is; validated.</param>
    /// <param name="handler">Holds the connections; disposed with this.</param>
    /// <param name="time">Measures the timeout.</param>
    public MessagesClient(string name, ModelEndpointOptions options, HttpMessageHandler handler, TimeProvider time)
    {
        var endpoint = options.BaseUrl ?? AnthropicBaseUrl;
        var key = options.ApiKey ?? ModelsOptions.NoKey;
        _model = options.Model ?? throw new ArgumentException("A Messages endpoint needs a model.", nameof(options));
        _time = time;
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client = new AnthropicClient(new ClientOptions
        {
            HttpClient = _http,
            BaseUrl = WithoutVersion(endpoint),
            ApiKey = key,
            MaxRetries = 0,
            Timeout = options.Timeout,
            OpenTelemetry = false,
        }).WithRawResponse;
        _headers = new MessagesHeaders(options.ApiVersion ?? MessagesHeaders.DefaultVersion, key);
        _request = new MessagesRequest(_model, options);
        _errors = new ProviderErrors(name, _model, "message", new SafeText(options.ApiKey, endpoint.Host), time);
        _answers = new TimedAnswer(options, _errors, time, Translate);
        _metadata = new ChatClientMetadata("anthropic", endpoint, _model);
    }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        List<ChatResponseUpdate> updates = [];
        await foreach (var update in AskAsync(messages, options, stream: false, cancellationToken))
            updates.Add(update);
        return updates.ToChatResponse();
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        AskAsync(messages, options, stream: true, cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType.IsInstanceOfType(this) ? this
        : serviceType.IsInstanceOfType(_metadata) ? _metadata
        : null;

    public void Dispose() => _http.Dispose();

    private async IAsyncEnumerable<ChatResponseUpdate> AskAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, bool stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var origin = Origin(options?.ModelId ?? _model);
        var body = _request.Write(messages, options, origin, stream);
        await foreach (var update in _answers.ReadAsync(clock => ReadAsync(body, origin, stream, clock), cancellationToken))
            yield return update;
    }

    private async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(
        ReadOnlyMemory<byte> body, string origin, bool stream, AnswerClock clock)
    {
        using var response = await SendAsync(body, clock.Token);
        var content = response.RawMessage.Content;
        using var bounded = new BoundedStream(await content.ReadAsStreamAsync(clock.Token), MaxAnswerBytes, clock);
        var reader = new MessagesStream(_errors, origin, _time);
        var isWhole = !stream || content.Headers.ContentType?.MediaType is "application/json" or "text/html";
        await foreach (var update in isWhole
            ? reader.ReadWholeAsync(bounded, clock.Token)
            : reader.ReadEventsAsync(bounded, clock.Token))
            yield return update;
    }

    private Task<HttpResponse> SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var client = _client.WithOptions(options => options with { Handlers = [new MessagesTransport(content, _headers, _errors)] });
        return client.Execute(new HttpRequest<MessageCreateParams> { Method = HttpMethod.Post, Params = NoParams }, cancellationToken);
    }

    // JsonElement reports text that is not valid Unicode as an InvalidOperationException.
    private ModelException Translate(Exception e) => e switch
    {
        AnthropicIOException { InnerException: { } inner } => _errors.Unreachable(inner),
        HttpRequestException => _errors.Unreachable(e),
        IOException => _errors.Cut(e),
        InvalidDataException => _errors.TooLarge(e),
        _ => _errors.Malformed(e),
    };

    // Thoughts are signed for the model that had them.
    private static string Origin(string model) => $"anthropic/{model}";

    // The SDK adds the version, which the addresses of other APIs end with.
    private static string WithoutVersion(Uri endpoint)
    {
        var address = endpoint.AbsoluteUri.TrimEnd('/');
        return address.EndsWith("/v1", StringComparison.OrdinalIgnoreCase) ? address[..^"/v1".Length] : address;
    }
}
