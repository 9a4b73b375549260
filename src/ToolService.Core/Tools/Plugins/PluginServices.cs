using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ToolService.Core.Tools.Plugins;

/// <summary>Registers plugins.</summary>
internal static class PluginServices
{
    public static IServiceCollection AddPlugins(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<PluginsOptions>, PluginsOptionsValidation>();
        services.AddHostedService<PluginLoader>();
        return services;
    }
}
