using ToolService.Core;

namespace ToolService.Api.Health;

/// <summary>Asks every readiness check, all at once, each for a bounded time.</summary>
internal sealed partial class Readiness(IEnumerable<IReadinessCheck> checks, TimeProvider time, ILogger<Readiness> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The names of the checks that failed; why is in the log.</summary>
    public async Task<IReadOnlyList<string>> FindFailuresAsync(CancellationToken cancellationToken)
    {
        var passed = await Task.WhenAll(checks.Select(check => PassesAsync(check, cancellationToken)));
        return [.. checks.Zip(passed).Where(pair => !pair.Second).Select(pair => pair.First.Name)];
    }

    private async Task<bool> PassesAsync(IReadinessCheck check, CancellationToken cancellationToken)
    {
        try
        {
            await check.CheckAsync(cancellationToken).WaitAsync(Patience, time, cancellationToken);
            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(e, check.Name);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Readiness check {Check} failed")]
    private partial void LogFailed(Exception exception, string check);
}
