using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tools.Http.Registration;

/// <summary>Loads the registered tools again when another replica changed one.</summary>
internal sealed partial class HttpToolWatch(
    IDefinitionStore store,
    HttpToolSource source,
    ToolSources sources,
    IOptions<HttpToolsOptions> options,
    TimeProvider time,
    ILogger<HttpToolWatch> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.RefreshInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await LookAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!source.IsCurrent(await store.ListAsync(HttpToolSource.DefinitionKind, cancellationToken)))
                await sources.RefreshAsync(source.Name, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogUnread(logger, e);
        }
    }

    [LoggerMessage(322, LogLevel.Warning, "The registered tools could not be read; they stay as they are")]
    private static partial void LogUnread(ILogger logger, Exception exception);
}
