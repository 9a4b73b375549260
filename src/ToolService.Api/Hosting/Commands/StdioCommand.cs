using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using ToolService.Api.Hosting.Security;
using ToolService.Api.Mcp;
using ToolService.Core;
using ToolService.Core.Tools;

namespace ToolService.Api.Hosting.Commands;

/// <summary>
/// <c>--stdio</c>: an MCP server for the program that started this one, over its standard input and output, with the service's settings
/// and on its data. Listens nowhere; ends with its input. The log goes to standard error.
/// </summary>
internal static class StdioCommand
{
    public const string Switch = "--stdio";

    public static Task<int> RunAsync(string[] args)
    {
        // Whatever writes to the console, protocol messages stay alone on standard output.
        Console.SetOut(Console.Error);
        return ServiceHost.RunAsync(() => Program.Create(args, WithoutServer), ServeAsync);
    }

    private static void WithoutServer(WebApplicationBuilder builder)
    {
        builder.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.RemoveBackgroundWork();
        builder.Services.RemoveAll<IServer>();
        builder.Services.AddSingleton<IServer, NoServer>();
    }

    private static async Task ServeAsync(WebApplication app)
    {
        var registry = app.Services.GetRequiredService<ToolRegistry>();
        await using StdioServerTransport transport = new("toolservice", app.Services.GetRequiredService<ILoggerFactory>());
        await using var server = app.Services.GetRequiredService<McpServers>().Create(transport, own =>
        {
            (own.Capabilities ??= new ServerCapabilities()).Tools = new ToolsCapability { ListChanged = true };
            own.Filters.Message.IncomingFilters.Insert(0, next => (context, cancellationToken) =>
            {
                // Whoever can start this program has the machine's own rights.
                context.JsonRpcMessage.SetCaller(Caller.Local);
                return next(context, cancellationToken);
            });
        });
        void Tell() => _ = TellAsync(server);
        registry.Changed += Tell;
        try
        {
            await server.RunAsync(app.Lifetime.ApplicationStopping);
        }
        finally
        {
            registry.Changed -= Tell;
            await app.StopAsync();
        }
    }

    private static async Task TellAsync(McpServer server)
    {
        // The newer generation is told where it listens; before its handshake no client is told anything.
        if (server.NegotiatedProtocolVersion is { } version && !ProtocolVersions.IsModern(version))
            await server.SendNotificationAsync(NotificationMethods.ToolListChangedNotification);
    }
}
