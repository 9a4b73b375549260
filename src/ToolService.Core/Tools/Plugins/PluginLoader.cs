using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ToolService.Core.Tools.Http;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tools.Plugins;

/// <summary>
/// Adds the plugins to the sources when the service starts, and has them loaded at once: one that cannot be loaded is to be seen in the log
/// of the start. The start does not wait for them.
/// </summary>
internal sealed class PluginLoader(
    IOptions<PluginsOptions> options,
    ToolRegistry registry,
    IConfiguration configuration,
    GuardedHttp http,
    TimeProvider time,
    ILoggerFactory loggers) : IInitialSources
{
    public Task AddAsync(ToolSources sources, CancellationToken cancellationToken)
    {
        foreach (var plugin in PluginFile.In(options.Value.Folder))
        {
            var source = SourceOf(plugin, sources);
            sources.Add(source);
            // Never fails: what went wrong is the source's state.
            _ = sources.RefreshAsync(source.Name, CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    private IToolSource SourceOf(PluginFile plugin, ToolSources sources)
    {
        if (!IsTaken(plugin.Name, sources))
            return new PluginSource(plugin.Name, plugin, services => Offer(services, plugin.Name));

        var free = Enumerable.Range(2, int.MaxValue - 2).Select(number => $"{plugin.Name}-{number}").First(name => !IsTaken(name, sources));
        return new RefusedPlugin(
            free, plugin.Wrong($"there is another source of tools that is called '{plugin.Name}'; names are unique whatever their case."));
    }

    private bool IsTaken(string name, ToolSources sources) =>
        sources.Find(name) is not null
        || name.Equals(ToolCatalog.TurnSource, StringComparison.OrdinalIgnoreCase)
        || registry.Current.All.Any(tool => tool.Source.Equals(name, StringComparison.OrdinalIgnoreCase));

    private void Offer(IServiceCollection services, string plugin)
    {
        var settings = $"{PluginsOptions.Section}:{nameof(PluginsOptions.Settings)}:{plugin}";
        services.AddSingleton<IConfiguration>(configuration.GetSection(settings));
        services.AddSingleton(http);
        services.AddSingleton(time);
        services.AddSingleton(loggers);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
    }
}
