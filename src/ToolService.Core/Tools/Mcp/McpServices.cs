using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tools.Mcp;

/// <summary>Registers MCP servers as sources of tools.</summary>
internal static class McpServices
{
    public static IServiceCollection AddMcpServers(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<McpOptions>, McpOptionsValidation>();
        services.AddSingleton<McpSources>();
        services.AddSingleton<IRemovableSources>(provider => provider.GetRequiredService<McpSources>());
        services.AddSingleton<IInitialSources>(provider => provider.GetRequiredService<McpSources>());
        return services;
    }
}
