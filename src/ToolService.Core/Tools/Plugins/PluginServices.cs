using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tools.Plugins;

/// <summary>Registers plugins.</summary>
internal static class PluginServices
{
    public static IServiceCollection AddPlugins(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<PluginsOptions>, PluginsOptionsValidation>();
        services.AddSingleton<IInitialSources, PluginLoader>();
        return services;
    }
}
