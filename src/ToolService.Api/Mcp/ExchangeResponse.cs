using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace ToolService.Api.Mcp;

/// <summary>
/// The HTTP response to one request: one JSON document where the result is all there is to say, else a stream of events. It can be left
/// while the call goes on: what is written then goes nowhere.
/// </summary>
/// <param name="response">The response.</param>
/// <param name="isModern">Whether the protocol's revision gives errors an HTTP status.</param>
/// <param name="cancellationToken">The client went away.</param>
internal sealed class ExchangeResponse(HttpResponse response, bool isModern, CancellationToken cancellationToken)
{
    private static readonly byte[] EventStart = "event: message\ndata: "u8.ToArray();
    private static readonly byte[] EventEnd = "\n\n"u8.ToArray();
    private static readonly byte[] Comment = ":\n\n"u8.ToArray();

    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;
    private bool _isStream;
    private bool _isClosed;

    /// <summary>Whether a handler saw the request: invalid params before that are a fault of the request itself.</summary>
    public bool WasHandled { get; set; }

    /// <summary>Writes a message on the way to the result, or, as a heartbeat, none.</summary>
    public Task WriteAsync(JsonRpcMessage? message) => AtTurnAsync(async () =>
    {
        if (!_isStream)
            StartStream();
        await WriteEventAsync(message is null ? null : RpcJson.Serialize(message));
    });

    /// <summary>Writes the result or error, the last of the messages.</summary>
    public Task EndAsync(JsonRpcMessage message, string? sessionId) => AtTurnAsync(async () =>
    {
        _isClosed = true;
        var bytes = RpcJson.Serialize(message);
        if (_isStream)
        {
            await WriteEventAsync(bytes);
            return;
        }

        if (sessionId is not null)
            response.Headers[ClientSession.Header] = sessionId;
        response.StatusCode = message is JsonRpcError error ? StatusOf((McpErrorCode)error.Error.Code) : StatusCodes.Status200OK;
        response.ContentType = "application/json";
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, cancellationToken);
    });

    /// <summary>Ends it as it is; from here on nothing touches the response.</summary>
    public Task CloseAsync() => AtTurnAsync(() =>
    {
        _isClosed = true;
        if (!_isStream)
            StartStream();
        return Task.CompletedTask;
    });

    private Task AtTurnAsync(Func<Task> write)
    {
        lock (_gate)
            return _last = AfterAsync(_last, write);
    }

    private async Task AfterAsync(Task before, Func<Task> write)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            if (!_isClosed)
                await write();
        }
        catch (Exception e) when (
            cancellationToken.IsCancellationRequested && e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            _isClosed = true;
        }
    }

    private void StartStream()
    {
        _isStream = true;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache,no-store";
        // Proxies that buffer would hold back what is to be seen at once.
        response.Headers["X-Accel-Buffering"] = "no";
    }

    private async Task WriteEventAsync(byte[]? message)
    {
        if (message is null)
        {
            await response.Body.WriteAsync(Comment, cancellationToken);
        }
        else
        {
            await response.Body.WriteAsync(EventStart, cancellationToken);
            await response.Body.WriteAsync(message, cancellationToken);
            await response.Body.WriteAsync(EventEnd, cancellationToken);
        }

        await response.Body.FlushAsync(cancellationToken);
    }

    private int StatusOf(McpErrorCode code) => code switch
    {
        McpErrorCode.UnsupportedProtocolVersion or McpErrorCode.HeaderMismatch => StatusCodes.Status400BadRequest,
        _ when !isModern => StatusCodes.Status200OK,
        McpErrorCode.MethodNotFound => StatusCodes.Status404NotFound,
        McpErrorCode.MissingRequiredClientCapability or McpErrorCode.InvalidRequest => StatusCodes.Status400BadRequest,
        McpErrorCode.InvalidParams when !WasHandled => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status200OK,
    };
}
