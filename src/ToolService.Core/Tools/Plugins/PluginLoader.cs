using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
    ToolSources sources,
    ToolRegistry registry,
    IConfiguration configuration,
    GuardedHttp http,
    TimeProvider time,
    ILoggerFactory loggers) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var plugin in PluginFile.In(options.Value.Folder))
        {
            var source = SourceOf(plugin);
            sources.Add(source);
            // Never fails: what went wrong is the source's state.
            _ = sources.RefreshAsync(source.Name, CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IToolSource SourceOf(PluginFile plugin)
    {
        if (!IsTaken(plugin.Name))
            return new PluginSource(plugin.Name, plugin, services => Offer(services, plugin.Name));

        var free = Enumerable.Range(2, int.MaxValue - 2).Select(number => $"{plugin.Name}-{number}").First(name => !IsTaken(name));
        return new RefusedPlugin(
            free, plugin.Wrong($"there is another source of tools that is called '{plugin.Name}'; names are unique whatever their case."));
    }

    private bool IsTaken(string name) =>
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
