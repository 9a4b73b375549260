using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tools.Http.Registration;

/// <summary>Has the registered tools there from the start, and again when another replica changed one.</summary>
internal sealed partial class HttpToolWatch(
    IDefinitionStore store,
    HttpToolSource source,
    ToolSources sources,
    IOptions<HttpToolsOptions> options,
    TimeProvider time,
    ILogger<HttpToolWatch> logger)
    : BackgroundService
{
    // Before anything is served: the names of registered tools go before those of sources that are reached later.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        sources.Add(source);
        var status = await sources.RefreshAsync(source.Name, cancellationToken);
        foreach (var skipped in status?.Skipped ?? [])
            LogSkipped(logger, skipped.Name, skipped.Reason);
        await base.StartAsync(cancellationToken);
    }

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

    [LoggerMessage(321, LogLevel.Error, "The registered tool {Tool} cannot be used: {Reason}")]
    private static partial void LogSkipped(ILogger logger, string tool, string reason);

    [LoggerMessage(322, LogLevel.Warning, "The registered tools could not be read; they stay as they are")]
    private static partial void LogUnread(ILogger logger, Exception exception);
}
