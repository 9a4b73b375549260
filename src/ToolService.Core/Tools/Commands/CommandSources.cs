using Microsoft.Extensions.Options;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tools.Commands;

/// <summary>The sources that configuration asks for; without such a setting there are none.</summary>
internal sealed class CommandSources(IOptions<CommandOptions> options, WorkspaceToolSource workspace, CommandToolSource commands) : IInitialSources
{
    public Task AddAsync(ToolSources sources, CancellationToken cancellationToken)
    {
        if (options.Value.Has(CommandGroups.Files))
            sources.Add(workspace);
        if (CommandToolSource.IsWanted(options.Value))
            sources.Add(commands);
        return Task.CompletedTask;
    }
}
