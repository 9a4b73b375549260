using System.Reflection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Authentication;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ToolService.Core.Tools.Http;
using ToolService.Core.Tools.Mcp.Authorization;
using ToolService.Core.Tools.Mcp.Listing;
using ToolService.Core.Tools.Mcp.Transport;
using ToolService.Core.Tools.Secrets;

namespace ToolService.Core.Tools.Mcp.Sessions;

/// <summary>Opens sessions with a server.</summary>
internal sealed class McpConnector(
    McpServer server, McpAuthorization authorization, GuardedHttp http, SecretStore secrets, TimeProvider time, ILogger logger)
{
    private static readonly Implementation Self = new()
    {
        Name = "toolservice",
        Version = typeof(McpConnector).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0",
    };

    /// <summary>Connects and shakes hands.</summary>
    /// <param name="onToolsChanged">Hears that the server's tools are other ones.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<McpSession> OpenAsync(Action onToolsChanged, CancellationToken cancellationToken)
    {
        var (calls, fault) = (new McpCalls(), new SessionFault());
        ServerProcess? process = null;
        McpClient? client = null;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, fault.Token);
        try
        {
            process = server.Options.Url is null ? ServerProcess.Start(server, logger) : null;
            var filter = server.GetsSecrets ? new SecretFilter(secrets) : null;
            var transport = new WatchedTransport(process is null ? OverHttp(fault) : OverPipes(process, fault), calls, fault, filter, time);
            client = await McpClient.CreateAsync(transport, Options(calls, onToolsChanged), null, either.Token);
            // Some servers let everybody in and ask only then who it is: a person must be asked now, while there is time.
            if (server.Options.OAuth.Enabled)
                await new ToolLister(server.Name, maxTools: 0).ListAsync(client, either.Token);
            logger.Connected(server.Name, client.NegotiatedProtocolVersion);
            return new McpSession(client, calls, fault, process);
        }
        catch (Exception e)
        {
            var mayHaveEnded = process is not null && fault.Reason is null && !cancellationToken.IsCancellationRequested;
            var exitCode = mayHaveEnded ? await process!.FindExitCodeAsync() : null;
            if (client is not null)
                await new McpSession(client, calls, fault, process).DisposeAsync();
            else if (process is not null)
                await process.DisposeAsync();
            fault.Dispose();
            if (fault.Reason is { } reason)
                throw new ToolException($"The MCP server '{server.Name}' cannot be used. {reason}", e);
            if (exitCode is not null)
                throw new ToolException(
                    $"The command of MCP server '{server.Name}' ended with code {exitCode} instead of answering. What it wrote to standard error is logged at debug level.", e);
            throw;
        }
    }

    private StreamClientTransport OverPipes(ServerProcess process, SessionFault fault) => new(
        process.Input, new MessageLimitStream(process.Output, server.Options.MaxMessageBytes, MessageEnding.Line, fault));

    private HttpClientTransport OverHttp(SessionFault fault)
    {
        // The time limits are those of the connection and of each call: an answer may take as long as its tool.
        var client = http.CreateClient(guarded => new McpHttpHandler(
            guarded, server.Options.MaxMessageBytes, fault, server.GetsSecrets ? secrets : null));
        var options = new HttpClientTransportOptions
        {
            Endpoint = server.Options.Url!,
            Name = server.Name,
            TransportMode = McpTransports.ModeOf(server.Options.Transport),
            AdditionalHeaders = server.Headers(secrets),
            ConnectionTimeout = server.Options.OAuth.Enabled ? McpAuthorization.Patience : server.Options.ConnectTimeout,
            OAuth = server.Options.OAuth.Enabled ? OAuth(server.Options.OAuth) : null,
        };
        return new HttpClientTransport(options, client, null, ownsHttpClient: true);
    }

    private ClientOAuthOptions OAuth(McpOAuthOptions options) => new()
    {
        RedirectUri = options.RedirectUri,
        ClientId = options.ClientId,
        ClientSecret = server.ClientSecret(secrets),
        ClientMetadataDocumentUri = options.ClientMetadataUrl,
        Scopes = options.Scopes.Count > 0 ? options.Scopes : null,
        ScopeSelector = authorization.SelectScopes,
        AuthorizationCallbackHandler = authorization.AskAsync,
        TokenCache = authorization.Tokens,
        DynamicClientRegistration = new DynamicClientRegistrationOptions { ClientName = "ToolService" },
    };

    private McpClientOptions Options(McpCalls calls, Action onToolsChanged) => new()
    {
        ClientInfo = Self,
        ProtocolVersion = server.Options.ProtocolVersion,
        InitializationTimeout = Timeout.InfiniteTimeSpan,
        DiscoverProbeTimeout = server.Options.ConnectTimeout / 3,
        Capabilities = new ClientCapabilities { Elicitation = new ElicitationCapability { Form = new() } },
        Handlers = new McpClientHandlers
        {
            ElicitationHandler = new ElicitationHandler(server.Name, calls, logger).AnswerAsync,
            NotificationHandlers =
            [
                new(NotificationMethods.ToolListChangedNotification, (_, _) =>
                {
                    onToolsChanged();
                    return ValueTask.CompletedTask;
                }),
            ],
        },
    };
}
