using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using ToolService.Core.Models.Wire;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace ToolService.Core.Models.OpenAIChat;

/// <summary>
/// A chat completions endpoint. The SDK's pipeline carries requests and answers (key, connections, timeout); their bodies are written and
/// read here, because compatible servers answer in ways that the SDK's types cannot hold.
/// </summary>
internal sealed class OpenAIChatClient : IChatClient
{
    private const int MaxAnswerBytes = 64 * 1024 * 1024;
    private static readonly Uri OpenAIBaseUrl = new("https://api.openai.com/v1");

    private readonly HttpClient _http;
    private readonly ChatClient _client;
    private readonly ChatRequest _request;
    private readonly ProviderErrors _errors;
    private readonly ChatClientMetadata _metadata;
    private readonly TimedAnswer _answers;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;

    /// <param name="name">The name under which the model is configured.</param>
    /// <param name="options">Where it is; validated.</param>
    /// <param name="handler">Holds the connections; disposed with this.</param>
    /// <param name="time">Measures the timeout.</param>
    public OpenAIChatClient(string name, ModelEndpointOptions options, HttpMessageHandler handler, TimeProvider time)
    {
        var endpoint = options.BaseUrl ?? OpenAIBaseUrl;
        var model = options.Model ?? throw new ArgumentException("A chat completions endpoint needs a model.", nameof(options));
        _time = time;
        _timeout = options.Timeout;
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client = new ChatClient(model, new ApiKeyCredential(options.ApiKey ?? ModelsOptions.NoKey), new OpenAIClientOptions
        {
            Endpoint = endpoint,
            Transport = new HttpClientPipelineTransport(_http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = options.Timeout,
            UserAgentApplicationId = "ToolService",
            ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
        });
        // OpenAI's reasoning models know only the newer name; many compatible servers only the older one.
        var isOpenAI = endpoint.Host.EndsWith(".openai.com", StringComparison.OrdinalIgnoreCase);
        _request = new ChatRequest(model, isOpenAI ? "max_completion_tokens" : "max_tokens");
        _errors = new ProviderErrors(name, model, "chat completion", new SafeText(options.ApiKey, endpoint.Host), time);
        _metadata = new ChatClientMetadata("openai", endpoint, model);
        _answers = new TimedAnswer(options.Timeout, time, Translate);
    }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var body = _request.Write(messages, options, stream: false);
        List<ChatResponseUpdate> updates = [];
        await foreach (var update in AskAsync(body, stream: false, cancellationToken))
            updates.Add(update);
        return updates.ToChatResponse();
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var body = _request.Write(messages, options, stream: true);
        await foreach (var update in AskAsync(body, stream: true, cancellationToken))
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType.IsInstanceOfType(this) ? this
        : serviceType.IsInstanceOfType(_metadata) ? _metadata
        : null;

    public void Dispose() => _http.Dispose();

    private IAsyncEnumerable<ChatResponseUpdate> AskAsync(ReadOnlyMemory<byte> body, bool stream, CancellationToken cancellationToken) =>
        _answers.ReadAsync(token => ReadAsync(body, stream, token), cancellationToken);

    // JsonElement reports text that is not valid Unicode as an InvalidOperationException.
    private ModelException Translate(Exception e) => e switch
    {
        OperationCanceledException => _errors.TimedOut(_timeout, e),
        ClientResultException { InnerException: { } inner } => _errors.Unreachable(inner),
        HttpRequestException => _errors.Unreachable(e),
        IOException => _errors.Cut(e),
        InvalidDataException => _errors.TooLarge(e),
        _ => _errors.Malformed(e),
    };

    private async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(
        ReadOnlyMemory<byte> body, bool stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await SendAsync(body, cancellationToken);
        using var bounded = new BoundedStream(response.ContentStream ?? Stream.Null, MaxAnswerBytes);
        var reader = new ChatStream(_errors, _time);
        var isWhole = !stream || MediaType(response) is "application/json" or "text/html";
        await foreach (var update in isWhole
            ? reader.ReadWholeAsync(bounded, cancellationToken)
            : reader.ReadEventsAsync(bounded, cancellationToken))
            yield return update;
    }

    private async Task<PipelineResponse> SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        // Without an Accept of its own: for text/event-stream the SDK follows redirects, key and all, and costs twice as much.
        var options = new RequestOptions
        {
            BufferResponse = false,
            ErrorOptions = ClientErrorBehaviors.NoThrow,
            CancellationToken = cancellationToken,
        };
        using var content = BinaryContent.Create(BinaryData.FromBytes(body));
        var response = (await _client.CompleteChatAsync(content, options)).GetRawResponse();
        if (response.Status is >= 200 and < 300)
            return response;

        using (response)
            throw _errors.FromResponse(
                response.Status,
                header => response.Headers.TryGetValue(header, out var value) ? value : null,
                await ErrorBody.ReadAsync(response.ContentStream, cancellationToken));
    }

    private static string? MediaType(PipelineResponse response) =>
        response.Headers.TryGetValue("Content-Type", out var type) ? type!.Split(';')[0].Trim().ToLowerInvariant() : null;
}
