using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ToolService.Api.Mcp;

/// <summary>
/// One request of a client and everything that belongs to it, as the SDK's transport: what the server asks meanwhile goes out on the
/// request's own response, under an id that no one can guess and that finds back here from whichever request the answer comes in.
/// </summary>
internal sealed class Exchange(
    JsonRpcRequest request, string owner, ExchangeResponse response, OpenExchanges open, ClientSession? session) : ITransport
{
    private readonly Channel<JsonRpcMessage> _incoming = Channel.CreateUnbounded<JsonRpcMessage>();
    private readonly ConcurrentDictionary<RequestId, RequestId> _asked = new();

    /// <summary>The request.</summary>
    public JsonRpcRequest Request => request;

    /// <summary>Who sent it.</summary>
    public string Owner => owner;

    /// <inheritdoc/>
    public string? SessionId => session?.Nonce;

    /// <inheritdoc/>
    public ChannelReader<JsonRpcMessage> MessageReader => _incoming.Reader;

    /// <summary>Lets a server handle the request; ends with everything that it began.</summary>
    public async Task RunAsync(McpServer server, CancellationToken cancellationToken)
    {
        open.Add(this);
        try
        {
            _incoming.Writer.TryWrite(request);
            await server.RunAsync(cancellationToken);
        }
        finally
        {
            open.Remove(this);
            foreach (var (outside, _) in _asked)
                open.Forget(outside);
        }
    }

    /// <summary>Takes the client's answer to what the server asked.</summary>
    public void Answer(JsonRpcMessageWithId answer)
    {
        if (!_asked.TryRemove(answer.Id, out var inside))
            return;

        _incoming.Writer.TryWrite(answer switch
        {
            JsonRpcResponse result => new JsonRpcResponse { Id = inside, Result = result.Result },
            JsonRpcError error => new JsonRpcError { Id = inside, Error = error.Error },
            _ => throw new InvalidOperationException("An answer is a result or an error."),
        });
    }

    /// <summary>Takes the client's wish to stop the request; the SDK then answers nothing.</summary>
    public void Cancel(JsonRpcNotification cancelled)
    {
        _incoming.Writer.TryWrite(cancelled);
        _incoming.Writer.TryComplete();
    }

    /// <inheritdoc/>
    public async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        switch (message)
        {
            case JsonRpcRequest question:
                var outside = open.NewId(this);
                _asked[outside] = question.Id;
                await response.WriteAsync(new JsonRpcRequest { Id = outside, Method = question.Method, Params = question.Params });
                break;
            case JsonRpcNotification { Method: NotificationMethods.CancelledNotification } withdrawn:
                if (IdOf(withdrawn) is { } withdrawnId)
                    await WithdrawAsync(withdrawnId);
                break;
            case JsonRpcNotification:
                await response.WriteAsync(message);
                break;
            default:
                // The SDK withdraws its questions beside the result, and possibly too late.
                foreach (var unanswered in _asked.Keys)
                    await WithdrawAsync(unanswered);
                await response.EndAsync(message, NewSession(message)?.ToId());
                // The SDK's loop ends with its last message, once what it began has ended.
                _incoming.Writer.TryComplete();
                break;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _incoming.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    private async Task WithdrawAsync(RequestId id)
    {
        if (!_asked.TryRemove(id, out _))
            return;

        open.Forget(id);
        await response.WriteAsync(new JsonRpcNotification
        {
            Method = NotificationMethods.CancelledNotification,
            Params = new JsonObject { ["requestId"] = id.ToString() },
        });
    }

    private RequestId? IdOf(JsonRpcNotification withdrawn)
    {
        var inside = withdrawn.Params?["requestId"]?.GetValue<long>();
        foreach (var (outside, asked) in _asked)
            if (inside is { } id && asked.Equals(new RequestId(id)))
                return outside;

        return null;
    }

    private ClientSession? NewSession(JsonRpcMessage message) =>
        request.Method == RequestMethods.Initialize
        && message is JsonRpcResponse { Result: JsonObject result }
        && result["protocolVersion"]?.GetValue<string>() is { } version
            ? ClientSession.Of(version, RpcJson.Capabilities(request.Params))
            : null;
}
