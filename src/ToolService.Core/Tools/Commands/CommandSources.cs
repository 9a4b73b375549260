using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tools.Commands;

/// <summary>Adds the sources that configuration asks for, as the service starts; without such a setting there are none.</summary>
internal sealed class CommandSources(
    ToolSources sources, IOptions<CommandOptions> options, WorkspaceToolSource workspace, CommandToolSource commands) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Has(CommandGroups.Files))
            sources.Add(workspace);
        if (CommandToolSource.IsWanted(options.Value))
            sources.Add(commands);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
