using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using ToolService.Core.Models.Wire;

namespace ToolService.Core.Models.OpenAIResponses;

/// <summary>
/// A responses endpoint: OpenAI's, or that of a compatible server. Nothing is kept there: what the model thought comes back encrypted and is
/// carried in the history, so that the next round goes on with it.
/// </summary>
internal sealed class OpenAIResponsesClient : IChatClient
{
    private readonly OpenAITransport _transport;
    private readonly ResponsesRequest _request;
    private readonly string _origin;
    private volatile bool _wantsReasoning = true;

    /// <param name="name">The name under which the model is configured.</param>
    /// <param name="options">Where it is; validated.</param>
    /// <param name="handler">Holds the connections; disposed with this.</param>
    /// <param name="time">Measures the timeout.</param>
    public OpenAIResponsesClient(string name, ModelEndpointOptions options, HttpMessageHandler handler, TimeProvider time)
    {
        _transport = new OpenAITransport(name, options, "responses", "response", handler, time);
        _origin = $"{ModelApi.OpenAIResponses} {_transport.Endpoint.Authority} {_transport.Model}";
        _request = new ResponsesRequest(_transport.Model, _origin);
    }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await AskAsync([.. messages], options, stream: false, cancellationToken).ToChatResponseAsync(cancellationToken);

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        AskAsync([.. messages], options, stream: true, cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => _transport.ServiceOf(this, serviceType, serviceKey);

    public void Dispose() => _transport.Dispose();

    private IAsyncEnumerable<ChatResponseUpdate> AskAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions? options, bool stream, CancellationToken cancellationToken)
    {
        var wantsReasoning = _wantsReasoning;
        var body = _request.Write(messages, options, stream, wantsReasoning);
        return _transport.AskAsync(
            wantsReasoning
                ? token => SendAsync(body, () => _request.Write(messages, options, stream, withReasoning: false), messages, token)
                : token => _transport.SendAsync(body, token),
            new ResponsesAnswer(_origin, _transport.Errors),
            stream,
            cancellationToken);
    }

    // OpenAI's models that do not think refuse to be asked for it; and thoughts that can no longer be decrypted, as after a change of the
    // account, would keep a session from ever going on. Some servers say 422 where OpenAI says 400.
    private async Task<PipelineResponse> SendAsync(
        ReadOnlyMemory<byte> body, Func<ReadOnlyMemory<byte>> withoutReasoning, IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken)
    {
        try
        {
            return await _transport.SendAsync(body, cancellationToken);
        }
        catch (ModelException e) when (e.StatusCode is 400 or 422)
        {
            var response = await _transport.SendAsync(withoutReasoning(), cancellationToken);
            _wantsReasoning = ReasoningItem.AnyIn(messages, _origin);
            return response;
        }
    }
}
