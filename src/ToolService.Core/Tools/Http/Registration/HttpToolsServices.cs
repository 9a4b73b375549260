using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tools.Http.Registration;

/// <summary>Registers what HTTP tools are made of.</summary>
internal static class HttpToolsServices
{
    public static IServiceCollection AddHttpTools(this IServiceCollection services)
    {
        services.AddSingleton<HttpToolReader>();
        services.AddSingleton<HttpToolSource>();
        services.AddSingleton(provider => new HttpTools(
            provider.GetRequiredService<IDefinitionStore>(),
            provider.GetRequiredService<HttpToolSource>(),
            provider.GetRequiredService<ToolSources>(),
            provider.GetRequiredService<ToolRegistry>(),
            provider.GetRequiredService<HttpToolReader>(),
            provider.GetRequiredService<IOptions<HttpToolsOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IInitialSources, InitialHttpTools>();
        services.AddHostedService<HttpToolWatch>();
        return services;
    }
}
