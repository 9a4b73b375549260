using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tools.Plugins;

/// <summary>A plugin that stays out, so that it is seen to.</summary>
/// <param name="name">A name that is free.</param>
/// <param name="reason">Why it stays out.</param>
internal sealed class RefusedPlugin(string name, ToolException reason) : IToolSource
{
    public string Name => name;

    public string Kind => "plugin";

    public string? Prefix => null;

    public bool IsForeign => false;

    public event Action? Changed
    {
        add { }
        remove { }
    }

    public Task<SourceTools> LoadAsync(CancellationToken cancellationToken) => Task.FromException<SourceTools>(reason);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
