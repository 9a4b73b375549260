using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace ToolService.Core.Models.Wire;

/// <summary>
/// Carries requests to an endpoint of OpenAI's kind and reads the answers. The SDK's pipeline does the carrying (key, connections, timeout); what
/// the bodies say is the caller's, because compatible servers answer in ways that the SDK's types cannot hold.
/// </summary>
internal sealed class OpenAITransport : IDisposable
{
    private const int MaxAnswerBytes = 64 * 1024 * 1024;
    private static readonly Uri OpenAIBaseUrl = new("https://api.openai.com/v1");

    private readonly HttpClient _http;
    private readonly ClientPipeline _pipeline;
    private readonly Uri _address;
    private readonly ChatClientMetadata _metadata;
    private readonly TimedAnswer _answers;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;

    /// <param name="name">The name under which the model is configured.</param>
    /// <param name="options">Where it is; validated.</param>
    /// <param name="path">What is asked there, below the base URL.</param>
    /// <param name="answers">What one answer is called, such as <c>chat completion</c>.</param>
    /// <param name="handler">Holds the connections; disposed with this.</param>
    /// <param name="time">Measures the timeout.</param>
    public OpenAITransport(
        string name, ModelEndpointOptions options, string path, string answers, HttpMessageHandler handler, TimeProvider time)
    {
        Endpoint = options.BaseUrl ?? OpenAIBaseUrl;
        Model = options.Model ?? throw new ArgumentException("An endpoint needs a model.", nameof(options));
        _time = time;
        _timeout = options.Timeout;
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        // Whichever of the SDK's clients: they share the pipeline, and this one is not marked as a preview.
        _pipeline = new ChatClient(Model, new ApiKeyCredential(options.ApiKey ?? ModelsOptions.NoKey), new OpenAIClientOptions
        {
            Endpoint = Endpoint,
            Transport = new HttpClientPipelineTransport(_http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = options.Timeout,
            UserAgentApplicationId = "ToolService",
            ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
        }).Pipeline;
        _address = new UriBuilder(Endpoint) { Path = $"{Endpoint.AbsolutePath.TrimEnd('/')}/{path}" }.Uri;
        Errors = new ProviderErrors(name, Model, answers, new SafeText(options.ApiKey, Endpoint.Host), time);
        _answers = new TimedAnswer(options, Errors, time, Translate);
        _metadata = new ChatClientMetadata("openai", Endpoint, Model);
    }

    /// <summary>The API's base address.</summary>
    public Uri Endpoint { get; }

    /// <summary>The model's name at the provider.</summary>
    public string Model { get; }

    /// <summary>Says what went wrong.</summary>
    public ProviderErrors Errors { get; }

    public void Dispose() => _http.Dispose();

    /// <summary>What <see cref="IChatClient.GetService"/> of a client that uses this gives.</summary>
    public object? ServiceOf(IChatClient client, Type serviceType, object? serviceKey) =>
        serviceKey is not null ? null
        : serviceType.IsInstanceOfType(client) ? client
        : serviceType.IsInstanceOfType(_metadata) ? _metadata
        : null;

    /// <summary>Asks, and gives the answer as it comes.</summary>
    /// <param name="send">Sends the request, with <see cref="SendAsync"/>.</param>
    /// <param name="answer">Takes what comes.</param>
    /// <param name="stream">Whether a stream was asked for.</param>
    /// <param name="cancellationToken">Ends it, besides the timeout.</param>
    public IAsyncEnumerable<ChatResponseUpdate> AskAsync(
        Func<CancellationToken, Task<PipelineResponse>> send, IWireAnswer answer, bool stream, CancellationToken cancellationToken) =>
        _answers.ReadAsync(clock => ReadAsync(send, answer, stream, clock), cancellationToken);

    /// <summary>Sends one request and gives the successful response, whose body is not read yet.</summary>
    /// <exception cref="ModelException">The provider answered with another status.</exception>
    public async Task<PipelineResponse> SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var message = _pipeline.CreateMessage();
        message.Request.Method = "POST";
        message.Request.Uri = _address;
        message.Request.Content = BinaryContent.Create(BinaryData.FromBytes(body));
        message.Request.Headers.Set("Content-Type", "application/json");
        // Also where a stream is asked for: for text/event-stream the SDK follows redirects, key and all, and costs twice as much.
        message.Request.Headers.Set("Accept", "application/json");
        message.Apply(new RequestOptions { BufferResponse = false, CancellationToken = cancellationToken });
        await _pipeline.SendAsync(message);
        var response = message.ExtractResponse()!;
        if (response.Status is >= 200 and < 300)
            return response;

        using (response)
            throw Errors.FromResponse(
                response.Status,
                header => response.Headers.TryGetValue(header, out var value) ? value : null,
                await ErrorBody.ReadAsync(response.ContentStream, cancellationToken));
    }

    /// <summary>The body of a response, up to a size that no honest answer has.</summary>
    public static Stream BodyOf(PipelineResponse response, AnswerClock? clock = null) =>
        new BoundedStream(response.ContentStream ?? Stream.Null, MaxAnswerBytes, clock);

    /// <summary>Says what a failure on the way means.</summary>
    // JsonElement reports text that is not valid Unicode as an InvalidOperationException.
    public ModelException Translate(Exception e) => e switch
    {
        OperationCanceledException => Errors.TimedOut(_timeout, e),
        ClientResultException { InnerException: { } inner } => Errors.Unreachable(inner),
        HttpRequestException => Errors.Unreachable(e),
        IOException => Errors.Cut(e),
        InvalidDataException => Errors.TooLarge(e),
        _ => Errors.Malformed(e),
    };

    private async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(
        Func<CancellationToken, Task<PipelineResponse>> send, IWireAnswer answer, bool stream, AnswerClock clock)
    {
        using var response = await send(clock.Token);
        using var bounded = BodyOf(response, clock);
        var reader = new AnswerReader(answer, Errors, _time);
        var isWhole = !stream || MediaType(response) is "application/json" or "text/html";
        await foreach (var update in isWhole
            ? reader.ReadWholeAsync(bounded, clock.Token)
            : reader.ReadEventsAsync(bounded, clock.Token))
            yield return update;
    }

    private static string? MediaType(PipelineResponse response) =>
        response.Headers.TryGetValue("Content-Type", out var type) ? type!.Split(';')[0].Trim().ToLowerInvariant() : null;
}
