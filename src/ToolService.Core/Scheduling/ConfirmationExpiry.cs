using Microsoft.Extensions.Logging;
using Quartz;
using ToolService.Core.Execution;

namespace ToolService.Core.Scheduling;

/// <summary>Settles confirmations that nobody decided in time, so that the turns that wait for them go on.</summary>
[DisallowConcurrentExecution]
internal sealed partial class ConfirmationExpiry(
    ICallStore store, ConfirmationService confirmations, ILogger<ConfirmationExpiry> logger) : IJob
{
    private const int Batch = 500;

    /// <summary>How often it runs.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await SweepAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The service stops; the next start sees to what is left.
        }
        catch (Exception e)
        {
            SweepFailed(logger, e);
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
