using ToolService.Core.Tools.Sandbox;
using ToolService.Core.Tools.Sandbox.Files;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tools.Commands;

/// <summary>The tools that work on files; they need no sandbox, as they run nothing.</summary>
internal sealed class WorkspaceToolSource(Workspaces workspaces, TimeProvider time) : IToolSource
{
    public event Action? Changed
    {
        add { }
        remove { }
    }

    public string Name => "workspace";

    public string Kind => "workspace";

    public string? Prefix => null;

    public bool IsForeign => false;

    public Task<SourceTools> LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            workspaces.Check();
        }
        catch (SandboxUnavailableException e)
        {
            throw new ToolException($"Workspaces are not available on this machine. {e.Message}", e);
        }

        object[] instances = [new FileTools(workspaces), new SearchTools(workspaces, time)];
        return Task.FromResult(new SourceTools([.. instances.SelectMany(instance => ToolFactory.FromObject(instance, Name))]));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
