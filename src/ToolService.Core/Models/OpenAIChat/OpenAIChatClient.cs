using Microsoft.Extensions.AI;
using ToolService.Core.Models.Wire;

namespace ToolService.Core.Models.OpenAIChat;

/// <summary>A chat completions endpoint: OpenAI's, or that of a compatible server.</summary>
internal sealed class OpenAIChatClient : IChatClient
{
    private readonly OpenAITransport _transport;
    private readonly ChatRequest _request;

    /// <param name="name">The name under which the model is configured.</param>
    /// <param name="options">Where it is; validated.</param>
    /// <param name="handler">Holds the connections; disposed with this.</param>
    /// <param name="time">Measures the timeout.</param>
    public OpenAIChatClient(string name, ModelEndpointOptions options, HttpMessageHandler handler, TimeProvider time)
    {
        _transport = new OpenAITransport(name, options, "chat/completions", "chat completion", handler, time);
        // OpenAI's reasoning models know only the newer name; many compatible servers only the older one.
        var maxTokensName = IsAt("openai.com") ? "max_completion_tokens" : "max_tokens";
        // Their models that think refuse calls without the thoughts that led to them.
        var returnsReasoning = options.ReturnReasoning ?? (IsAt("deepseek.com") || IsAt("moonshot.ai") || IsAt("moonshot.cn"));
        _request = new ChatRequest(_transport.Model, maxTokensName, returnsReasoning);
    }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await AskAsync(messages, options, stream: false, cancellationToken).ToChatResponseAsync(cancellationToken);

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        AskAsync(messages, options, stream: true, cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => _transport.ServiceOf(this, serviceType, serviceKey);

    public void Dispose() => _transport.Dispose();

    private bool IsAt(string domain) => $".{_transport.Endpoint.Host}".EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase);

    private IAsyncEnumerable<ChatResponseUpdate> AskAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, bool stream, CancellationToken cancellationToken)
    {
        var body = _request.Write(messages, options, stream);
        return _transport.AskAsync(token => _transport.SendAsync(body, token), new ChatAnswer(_transport.Errors), stream, cancellationToken);
    }
}
