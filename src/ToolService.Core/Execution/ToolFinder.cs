using ToolService.Core.Tools;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Execution;

/// <summary>Finds the tool of a call, in the catalog or in a source that has not been loaded yet.</summary>
public sealed class ToolFinder(ToolRegistry registry, ToolSources sources)
{
    /// <summary>The tool; null where there is none.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="inTurn">Whether the service's own tools, which only models have, are meant too.</param>
    /// <param name="cancellationToken">Ends the wait for sources.</param>
    public async ValueTask<Tool?> FindAsync(string name, bool inTurn, CancellationToken cancellationToken)
    {
        if (FindLoaded(name, inTurn) is { } tool)
            return tool;

        await sources.LoadForAsync(name, cancellationToken);
        return FindLoaded(name, inTurn);
    }

    /// <summary>The same without loading anything.</summary>
    public Tool? FindLoaded(string name, bool inTurn) => inTurn ? registry.Current.FindInTurn(name) : registry.Current.Find(name);

    /// <summary>Why there is no tool of a name.</summary>
    public ToolError WhyMissing(string name)
    {
        if (sources.HolderOf(name) is { } holder)
            return ToolErrors.Held(name, holder);
        return sources.FailedFor(name) is { } failed
            ? ToolErrors.SourceFailed(name, failed)
            : ToolErrors.Unknown(name, registry.Current.NearestNames(name));
    }
}
