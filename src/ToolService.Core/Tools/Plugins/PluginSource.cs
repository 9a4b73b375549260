using Microsoft.Extensions.DependencyInjection;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tools.Plugins;

/// <summary>An assembly with tools. It is loaded once: files that change after that do so for the next start.</summary>
/// <param name="name">The source's name.</param>
/// <param name="plugin">Where it lies.</param>
/// <param name="offer">Registers what its classes may be given.</param>
internal sealed class PluginSource(string name, PluginFile plugin, Action<IServiceCollection> offer) : IToolSource
{
    private PluginContext? _context;
    private string? _stamp;
    private ServiceProvider? _instances;
    private SourceTools? _loaded;

    public string Name => name;

    public string Kind => "plugin";

    public string? Prefix => null;

    public bool IsForeign => false;

    public event Action? Changed
    {
        add { }
        remove { }
    }

    // Constructors are others' code, which may block.
    public Task<SourceTools> LoadAsync(CancellationToken cancellationToken) => Task.Run(LoadAsync, cancellationToken);

    public ValueTask DisposeAsync() => _instances?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<SourceTools> LoadAsync()
    {
        if (_loaded is not null)
            return _loaded;

        plugin.Check();
        var classes = PluginAssembly.ToolClasses(plugin, Context());
        var services = new ServiceCollection();
        offer(services);
        foreach (var type in classes)
            services.AddSingleton(type);
        var instances = services.BuildServiceProvider();
        try
        {
            var tools = classes.SelectMany(type => Tools(type, instances)).ToList();
            _instances = instances;
            return _loaded = new SourceTools(tools);
        }
        catch
        {
            await instances.DisposeAsync();
            throw;
        }
    }

    // Nothing unloads an assembly: an attempt with the same files has those that are loaded already.
    private PluginContext Context()
    {
        var stamp = plugin.Stamp();
        if (_context is null || _stamp != stamp)
            (_context, _stamp) = (CreateContext(), stamp);
        return _context;
    }

    private PluginContext CreateContext()
    {
        try
        {
            return new PluginContext(plugin);
        }
        catch (InvalidOperationException e)
        {
            throw plugin.Wrong("the list of what it needs, its .deps.json, cannot be read.", e);
        }
    }

    private IReadOnlyList<Tool> Tools(Type type, ServiceProvider instances)
    {
        var instance = Create(type, instances);
        try
        {
            return ToolFactory.FromObject(instance, name);
        }
        catch (Exception e) when (e is ToolDefinitionException || PluginAssembly.Explain(e) is not null)
        {
            throw plugin.Wrong(e is ToolDefinitionException ? e.Message : PluginAssembly.Explain(e)!, e);
        }
    }

    private object Create(Type type, ServiceProvider instances)
    {
        if (MissingParameter(type, instances) is { } missing)
            throw plugin.Wrong($"{type.FullName} {missing}");

        try
        {
            return instances.GetRequiredService(type);
        }
        catch (ToolException e)
        {
            throw plugin.Wrong(e.Message, e);
        }
        catch (Exception e)
        {
            // What others' exceptions say is not for everybody who may see sources.
            throw plugin.Wrong(
                PluginAssembly.Explain(e) ?? $"the constructor of {type.FullName} threw {e.GetType().Name}; the log has the details.", e);
        }
    }

    private static string? MissingParameter(Type type, ServiceProvider instances)
    {
        var known = instances.GetRequiredService<IServiceProviderIsService>();
        var missing = type.GetConstructors()
            .Select(constructor => constructor.GetParameters()
                .FirstOrDefault(parameter => !parameter.HasDefaultValue && !known.IsService(parameter.ParameterType))?.ParameterType)
            .ToList();
        if (missing.Count == 0)
            return "has no public constructor.";
        return missing.Contains(null)
            ? null
            : $"asks for a {missing[0]!.Name}, which plugins are not given; it can have GuardedHttp, IConfiguration, ILogger, TimeProvider.";
    }
}
