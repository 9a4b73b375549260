using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using ToolService.Api.Hosting.Errors;
using ToolService.Api.Hosting.Security;

namespace ToolService.Api.Mcp;

/// <summary>
/// Handles what clients POST to <c>/mcp</c>. Each request is complete in itself: nothing is known of a client but what it sends.
/// </summary>
internal sealed partial class PostHandler(
    McpServers servers, OpenExchanges open, ParameterHeaders parameterHeaders, IOptions<McpEndpointOptions> options, TimeProvider time,
    ILogger<PostHandler> logger)
{
    /// <summary>Answers one POST.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        if (Refusal(request) is { } problem)
        {
            await problem.ExecuteAsync(context);
            return;
        }

        var (message, failure) = await PostedMessage.ReadAsync(request.Body, context.RequestAborted);
        var session = request.Headers.TryGetValue(ClientSession.Header, out var id) ? ClientSession.TryRead(id.ToString()) : null;
        if (id.Count > 0 && session is null)
            failure ??= RpcFailure.NoSession();

        failure ??= message switch
        {
            JsonRpcRequest call => await RunAsync(call, session, context),
            JsonRpcNotification notification => Notify(notification, session, context),
            _ => Answer((JsonRpcMessageWithId)message!, context),
        };
        if (failure is not null)
            await failure.WriteAsync(context);
    }

    private ProblemResult? Refusal(HttpRequest request)
    {
        if (OriginCheck.Check(request, options.Value) is { } foreign)
            return foreign;
        if (!request.HasJsonContentType())
            return Problems.Of(
                StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "Send the message as application/json.");
        return StandardHeaders.AcceptsAnswers(request)
            ? null
            : Problems.Of(
                StatusCodes.Status406NotAcceptable, "not_acceptable",
                "A client of this protocol accepts application/json and text/event-stream.");
    }

    private async Task<RpcFailure?> RunAsync(JsonRpcRequest request, ClientSession? session, HttpContext context)
    {
        var named = context.Request.Headers[StandardHeaders.ProtocolVersion].ToString();
        var inBody = StandardHeaders.VersionInBody(request);
        var isModern = ProtocolVersions.IsModern(named) || (inBody is not null && ProtocolVersions.IsModern(inBody));
        var headers = context.Request.Headers;
        if (isModern && (StandardHeaders.Check(request, headers) ?? parameterHeaders.Check(request, headers)) is { } mismatch)
            return mismatch;

        request.SetCaller(context.Caller());
        request.Context!.ProtocolVersion = named.Length > 0 ? named
            : inBody is not null || request.Method == RequestMethods.Initialize ? null
            : session?.ProtocolVersion ?? ProtocolVersions.Unnamed;

        // Leaving is how a client of the newer generation stops a request; to one of the older it may happen at any time, and stops
        // nothing.
        var aborted = context.RequestAborted;
        ExchangeResponse response = new(context.Response, isModern, aborted);
        Exchange exchange = new(request, context.Caller().Name, response, open, session);
        var run = RunAsync(exchange, Server(exchange, response, session, isModern), isModern ? aborted : CancellationToken.None);
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        var heartbeat = BeatAsync(response, quiet.Token);
        await Task.WhenAny(run, heartbeat);
        await quiet.CancelAsync();
        await heartbeat;
        await response.CloseAsync();
        return null;
    }

    private McpServer Server(Exchange exchange, ExchangeResponse response, ClientSession? session, bool isModern) =>
        servers.Create(exchange, own =>
        {
            own.KnownClientCapabilities = session?.ToCapabilities();
            // Only the newer generation has a stream on which changes could be told.
            (own.Capabilities ??= new ServerCapabilities()).Tools = new ToolsCapability { ListChanged = isModern ? true : null };
            own.Filters.Message.IncomingFilters.Insert(0, next => (message, cancellationToken) =>
            {
                response.WasHandled = true;
                return next(message, cancellationToken);
            });
        });

    private async Task RunAsync(Exchange exchange, McpServer server, CancellationToken cancellationToken)
    {
        try
        {
            await using (server)
                await exchange.RunAsync(server, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody may be there any more who could be told.
            LogFailed(e, exchange.Request.Method);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task BeatAsync(ExchangeResponse response, CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(options.Value.Heartbeat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await response.WriteAsync(null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private RpcFailure? Notify(JsonRpcNotification notification, ClientSession? session, HttpContext context)
    {
        if (notification.Method == NotificationMethods.CancelledNotification
            && session is not null
            && RpcJson.CancelledRequest(notification.Params) is { } id
            && open.Find(session.Nonce, id, context.Caller().Name) is { } exchange)
            exchange.Cancel(notification);

        context.Response.StatusCode = StatusCodes.Status202Accepted;
        return null;
    }

    private RpcFailure? Answer(JsonRpcMessageWithId answer, HttpContext context)
    {
        if (open.Take(answer.Id, context.Caller().Name) is not { } exchange)
            return RpcFailure.Invalid("Nobody here waits for this answer; the call that asked is gone, or runs in another replica.");

        exchange.Answer(answer);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        return null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An MCP client's {Method} failed outside its handler")]
    private partial void LogFailed(Exception exception, string method);
}
