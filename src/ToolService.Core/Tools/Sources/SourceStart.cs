using Microsoft.Extensions.Hosting;

namespace ToolService.Core.Tools.Sources;

/// <summary>Adds the sources that are there from the beginning.</summary>
internal sealed class SourceStart(ToolSources sources, IEnumerable<IInitialSources> initial) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var group in initial)
            await group.AddAsync(sources, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
