using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ToolService.Api.Mcp;

/// <summary>Makes the SDK's servers: one per request over HTTP, one for the process over stdio.</summary>
internal sealed class McpServers(IOptionsFactory<McpServerOptions> options, IServiceProvider services)
{
    /// <summary>A server on a transport.</summary>
    /// <param name="transport">The transport.</param>
    /// <param name="configure">Changes what applies to this one.</param>
    public McpServer Create(ITransport transport, Action<McpServerOptions> configure)
    {
        var own = options.Create(Options.DefaultName);
        configure(own);
        // Without its log: every call has a line in ours, and a client's mistakes are not errors of the service.
        return McpServer.Create(transport, own, NullLoggerFactory.Instance, services);
    }
}
