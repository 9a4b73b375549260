using System.Buffers;
using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI;
using ToolService.Core.Models.Wire;

namespace ToolService.Core.Models.Embeddings;

/// <summary>
/// An OpenAI-compatible embeddings endpoint. Asks in batches, one after the other, and does not retry: whoever needs an answer now has
/// another way to get one. Every failure of the other side is a <see cref="ModelException"/>.
/// </summary>
internal sealed class EmbeddingClient : IEmbeddingGenerator<string, Embedding<float>>
{
    private const int MaxAnswerBytes = 64 * 1024 * 1024;
    private const int MaxErrorBytes = 64 * 1024;
    private static readonly Uri OpenAIBaseUrl = new("https://api.openai.com/v1");

    private readonly EmbeddingEndpointOptions _options;
    private readonly string _model;
    private readonly HttpClient _http;
    private readonly OpenAI.Embeddings.EmbeddingClient _client;
    private readonly ProviderErrors _errors;
    private readonly EmbeddingGeneratorMetadata _metadata;
    private readonly TimeProvider _time;

    /// <param name="options">Where it is; validated, with a model.</param>
    /// <param name="handler">Holds the connections; disposed with this.</param>
    /// <param name="time">Measures the timeout.</param>
    public EmbeddingClient(EmbeddingEndpointOptions options, HttpMessageHandler handler, TimeProvider time)
    {
        _options = options;
        _model = options.Model ?? throw new ArgumentException("An embeddings endpoint needs a model.", nameof(options));
        _time = time;
        var endpoint = options.BaseUrl ?? OpenAIBaseUrl;
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var key = new ApiKeyCredential(options.ApiKey ?? ModelsOptions.NoKey);
        _client = new OpenAI.Embeddings.EmbeddingClient(_model, key, new OpenAIClientOptions
        {
            Endpoint = endpoint,
            Transport = new HttpClientPipelineTransport(_http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = options.Timeout,
            UserAgentApplicationId = "ToolService",
            ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
        });
        _errors = new ProviderErrors(_model, _model, "vector", new SafeText(options.ApiKey, endpoint.Host), time);
        _metadata = new EmbeddingGeneratorMetadata("openai", endpoint, _model);
    }

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        GeneratedEmbeddings<Embedding<float>> embeddings = [];
        foreach (var batch in values.Chunk(_options.BatchSize))
            embeddings.AddRange(await AskAsync(batch, options?.Dimensions, cancellationToken));
        return embeddings;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType.IsInstanceOfType(this) ? this
        : serviceType.IsInstanceOfType(_metadata) ? _metadata
        : null;

    public void Dispose() => _http.Dispose();

    private async Task<IEnumerable<Embedding<float>>> AskAsync(string[] batch, int? dimensions, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.Timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return EmbeddingAnswer.Read(await SendAsync(Write(batch, dimensions), both.Token), batch.Length);
        }
        catch (Exception e) when (e is not ModelException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Translate(e);
        }
    }

    private ModelException Translate(Exception e) => e switch
    {
        OperationCanceledException => _errors.TimedOut(_options.Timeout, e),
        ClientResultException { InnerException: { } inner } => _errors.Unreachable(inner),
        HttpRequestException => _errors.Unreachable(e),
        IOException => _errors.Cut(e),
        InvalidDataException => _errors.TooLarge(e),
        _ => _errors.Malformed(e),
    };

    private ReadOnlyMemory<byte> Write(string[] batch, int? dimensions)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("model", _model);
            json.WriteStartArray("input");
            foreach (var text in batch)
                json.WriteStringValue(text);
            json.WriteEndArray();
            if (dimensions is { } count)
                json.WriteNumber("dimensions", count);
            json.WriteEndObject();
        }

        return body.WrittenMemory;
    }

    private async Task<ReadOnlyMemory<byte>> SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var options = new RequestOptions
        {
            BufferResponse = false,
            ErrorOptions = ClientErrorBehaviors.NoThrow,
            CancellationToken = cancellationToken,
        };
        using var content = BinaryContent.Create(BinaryData.FromBytes(body));
        using var response = (await _client.GenerateEmbeddingsAsync(content, options)).GetRawResponse();
        using var bounded = new BoundedStream(response.ContentStream ?? Stream.Null, MaxAnswerBytes);
        using var answer = new MemoryStream();
        await bounded.CopyToAsync(answer, cancellationToken);
        if (response.Status is >= 200 and < 300)
            return answer.GetBuffer().AsMemory(0, (int)answer.Length);

        throw _errors.FromResponse(
            response.Status,
            header => response.Headers.TryGetValue(header, out var value) ? value : null,
            Encoding.UTF8.GetString(answer.GetBuffer(), 0, (int)Math.Min(answer.Length, MaxErrorBytes)));
    }
}
