using System.Text.Json.Nodes;
using System.Threading.Channels;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ToolService.Core.Tools.Mcp.Sessions;

namespace ToolService.Core.Tools.Mcp.Transport;

/// <summary>
/// Stands between the SDK and a server: drops what nobody here wants to hear, bounds how much the server may say, and writes on each question
/// which call it belongs to.
/// </summary>
internal sealed class WatchedTransport : ITransport, IClientTransport
{
    /// <summary>The member of <c>_meta</c> in which a question names its call.</summary>
    public const string CallKey = "toolservice/call";

    private const int MostMessages = 100_000;
    private const int MostRequests = 1_000;

    private readonly IClientTransport _transport;
    private readonly McpCalls _calls;
    private readonly SessionFault _fault;
    private readonly SecretFilter? _filter;
    private readonly MessageRate _messages;
    private readonly MessageRate _requests;
    private readonly Channel<JsonRpcMessage> _channel = Channel.CreateUnbounded<JsonRpcMessage>(new UnboundedChannelOptions { SingleWriter = true });
    private ITransport? _inner;
    private Task _pump = Task.CompletedTask;

    public WatchedTransport(IClientTransport transport, McpCalls calls, SessionFault fault, SecretFilter? filter, TimeProvider time)
    {
        (_transport, _calls, _fault, _filter) = (transport, calls, fault, filter);
        (_messages, _requests) = (new MessageRate(MostMessages, time), new MessageRate(MostRequests, time));
    }

    public string Name => _transport.Name;

    public string? SessionId => _inner?.SessionId;

    public ChannelReader<JsonRpcMessage> MessageReader => _channel.Reader;

    public async Task<ITransport> ConnectAsync(CancellationToken cancellationToken = default)
    {
        _inner = await _transport.ConnectAsync(cancellationToken);
        _pump = PumpAsync(_inner.MessageReader);
        return this;
    }

    public Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        if (message is JsonRpcRequest { Method: RequestMethods.ToolsCall } request)
            McpCall.Current?.NoteRequest(request.Id);
        else if (message is JsonRpcNotification { Method: NotificationMethods.CancelledNotification } notification)
            _calls.NoteCancelled(notification.Params?["requestId"]?.ToString());
        return _inner!.SendMessageAsync(message, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_inner is not null)
            await _inner.DisposeAsync();
        await _pump;
    }

    private async Task PumpAsync(ChannelReader<JsonRpcMessage> reader)
    {
        Exception? end = null;
        try
        {
            await foreach (var received in reader.ReadAllAsync(_fault.Token))
            {
                var message = _filter?.Clean(received) ?? received;
                if (_messages.IsExceeded())
                    _fault.Note($"The server sent more than {MostMessages:N0} messages within a minute.");
                if (message is JsonRpcRequest request && !Accept(request))
                    _fault.Note($"The server sent more than {MostRequests:N0} requests within a minute.");
                if (IsWanted(message))
                    _channel.Writer.TryWrite(message);
            }
        }
        catch (Exception e)
        {
            end = e;
        }

        _channel.Writer.TryComplete(_fault.Reason is { } reason ? new InvalidDataException(reason) : end);
    }

    private bool Accept(JsonRpcRequest request)
    {
        // A server that could name a call by itself could ask in the name of another one.
        if (request is { Method: RequestMethods.ElicitationCreate, Params: JsonObject parameters })
        {
            if (parameters["_meta"] is not JsonObject meta)
                parameters["_meta"] = meta = [];
            meta[CallKey] = _calls.AskedBy(request.Id.ToString())?.Key;
        }

        return !_requests.IsExceeded();
    }

    private static bool IsWanted(JsonRpcMessage message) => message is not JsonRpcNotification notification || notification.Method is
        NotificationMethods.ProgressNotification or NotificationMethods.ToolListChangedNotification or NotificationMethods.CancelledNotification;
}
