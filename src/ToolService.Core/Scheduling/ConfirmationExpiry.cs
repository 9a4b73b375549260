using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ToolService.Core.Execution;

namespace ToolService.Core.Scheduling;

/// <summary>Settles confirmations that nobody decided in time, so that the turns that wait for them go on.</summary>
internal sealed partial class ConfirmationExpiry(
    ICallStore store, ConfirmationService confirmations, TimeProvider time, ILogger<ConfirmationExpiry> logger) : BackgroundService
{
    private const int Batch = 500;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                SweepFailed(logger, e);
            }
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        string? after = null;
        IReadOnlyList<Confirmation> page;
        do
        {
            page = await store.ListConfirmationsAsync(null, ConfirmationStatus.Pending, null, Batch, after, cancellationToken);
            foreach (var confirmation in page)
                await confirmations.ExpireAsync(confirmation);
            after = page.Count == 0 ? null : page[^1].Id;
        }
        while (page.Count == Batch);
    }

    [LoggerMessage(201, LogLevel.Error, "Expired confirmations could not be settled; trying again")]
    private static partial void SweepFailed(ILogger logger, Exception exception);
}
