using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Models.Wire;

namespace ToolService.Core.Models.Embeddings;

/// <summary>
/// An OpenAI-compatible embeddings endpoint. Asks in batches, one after the other, and does not retry: whoever needs an answer now has
/// another way to get one. Every failure of the other side is a <see cref="ModelException"/>.
/// </summary>
internal sealed class EmbeddingClient : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly EmbeddingEndpointOptions _options;
    private readonly OpenAITransport _transport;
    private readonly EmbeddingGeneratorMetadata _metadata;
    private readonly TimeProvider _time;

    /// <param name="options">Where it is; validated, with a model.</param>
    /// <param name="handler">Holds the connections; disposed with this.</param>
    /// <param name="time">Measures the timeout.</param>
    public EmbeddingClient(EmbeddingEndpointOptions options, HttpMessageHandler handler, TimeProvider time)
    {
        (_options, _time) = (options, time);
        var endpoint = new ModelEndpointOptions
        {
            BaseUrl = options.BaseUrl,
            ApiKey = options.ApiKey,
            Model = options.Model,
            Timeout = options.Timeout,
        };
        _transport = new OpenAITransport(options.Model!, endpoint, "embeddings", "vector", handler, time);
        _metadata = new EmbeddingGeneratorMetadata("openai", _transport.Endpoint, _transport.Model);
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

    public void Dispose() => _transport.Dispose();

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
            throw _transport.Translate(e);
        }
    }

    private ReadOnlyMemory<byte> Write(string[] batch, int? dimensions)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("model", _transport.Model);
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
        using var response = await _transport.SendAsync(body, cancellationToken);
        using var bounded = OpenAITransport.BodyOf(response);
        using var answer = new MemoryStream();
        await bounded.CopyToAsync(answer, cancellationToken);
        return answer.GetBuffer().AsMemory(0, (int)answer.Length);
    }
}
