using System.Text.Json;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using ToolService.Api.Hosting.Documentation;

namespace ToolService.Api.Mcp;

/// <summary>What the service is and does as an MCP server, whatever the transport.</summary>
internal sealed partial class ServerSetup(
    ToolListing listing, ToolCalling calling, Subscriptions subscriptions, IOptions<McpEndpointOptions> options, ILogger<ServerSetup> logger)
    : IConfigureOptions<McpServerOptions>
{
    public void Configure(McpServerOptions server)
    {
        server.ServerInfo = new Implementation { Name = "toolservice", Title = "ToolService", Version = ServiceVersion.Current };
        server.ServerInstructions = options.Value.Instructions is { Length: > 0 } instructions ? instructions : null;
        server.ScopeRequests = false;
        server.Handlers.ListToolsHandler = listing.ListAsync;
        server.Handlers.CallToolHandler = calling.CallAsync;
        server.Handlers.SubscriptionsListenHandler = subscriptions.ListenAsync;
        server.Filters.Message.IncomingFilters.Add(next => (context, cancellationToken) => GuardAsync(next, context, cancellationToken));
    }

    /// <summary>Says what the client did wrong, and of the service's own faults nothing but where the operator finds them.</summary>
    private async Task GuardAsync(McpMessageHandler next, MessageContext context, CancellationToken cancellationToken)
    {
        try
        {
            await next(context, cancellationToken);
        }
        catch (JsonException e)
        {
            throw new McpProtocolException(
                $"The params do not have the form that the method asks for: {e.Message}", e, McpErrorCode.InvalidParams);
        }
        catch (Exception e) when (e is not (McpException or OperationCanceledException))
        {
            var incident = Guid.NewGuid().ToString("N");
            LogFailed(e, incident);
            throw new McpProtocolException(
                $"The service failed; its operator finds the details in the log under {incident}.", McpErrorCode.InternalError);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A request of an MCP client failed; incident {Incident}")]
    private partial void LogFailed(Exception exception, string incident);
}
