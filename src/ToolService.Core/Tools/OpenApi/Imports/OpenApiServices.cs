using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ToolService.Core.Tools.Http;
using ToolService.Core.Tools.Http.Operations;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tools.OpenApi.Imports;

internal static class OpenApiServices
{
    /// <summary>Registers the import of documents, and has those there that were imported before.</summary>
    public static IServiceCollection AddOpenApiImports(this IServiceCollection services)
    {
        services.AddSingleton<HttpToolFactory>();
        services.AddSingleton<ImportBuilder>();
        services.AddSingleton(provider => new OpenApiImports(
            provider.GetRequiredService<ToolSources>(),
            provider.GetRequiredService<ToolRegistry>(),
            provider.GetRequiredService<IDefinitionStore>(),
            provider.GetRequiredService<IKnownToolStore>(),
            provider.GetRequiredService<GuardedHttp>(),
            provider.GetRequiredService<ImportBuilder>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<OpenApiImports>>()));
        services.AddSingleton<IRemovableSources>(provider => provider.GetRequiredService<OpenApiImports>());
        services.AddSingleton<IInitialSources>(provider => provider.GetRequiredService<OpenApiImports>());
        return services;
    }
}
