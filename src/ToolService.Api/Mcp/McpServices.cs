using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;
using ToolService.Api.Hosting.Settings;

namespace ToolService.Api.Mcp;

internal static class McpServices
{
    /// <summary>
    /// Registers this service as an MCP server. Prompts, resources, completions and filters are added to it as to any server of the SDK, by
    /// an <see cref="IConfigureOptions{TOptions}"/> of <see cref="McpServerOptions"/>.
    /// </summary>
    public static IServiceCollection AddMcp(this IServiceCollection services)
    {
        services.AddSettings<McpEndpointOptions>(McpEndpointOptions.Section);
        services.AddSingleton<ToolListing>();
        services.AddSingleton<ToolCalling>();
        services.AddSingleton<ConfirmationQuestions>();
        services.AddSingleton<ToolQuestions>();
        services.AddSingleton<OpenQuestions>();
        services.AddSingleton<Subscriptions>();
        services.AddSingleton<OpenExchanges>();
        services.AddSingleton<ParameterHeaders>();
        services.AddSingleton<PostHandler>();
        services.AddSingleton<McpServers>();
        services.AddSingleton<IConfigureOptions<McpServerOptions>, ServerSetup>();
        return services;
    }
}
