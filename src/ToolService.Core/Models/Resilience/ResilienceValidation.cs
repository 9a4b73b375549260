namespace ToolService.Core.Models.Resilience;

/// <summary>Checks what an endpoint's settings say about failures and limits.</summary>
internal static class ResilienceValidation
{
    public static IEnumerable<string> Check(string setting, ModelEndpointOptions endpoint)
    {
        if (endpoint.StreamIdleTimeout <= TimeSpan.Zero || endpoint.StreamIdleTimeout > TimeSpan.FromDays(1))
            yield return $"{setting}:StreamIdleTimeout must be more than zero and at most one day.";
        if (endpoint.MaxParallelRequests is < 1 or > 100_000)
            yield return $"{setting}:MaxParallelRequests must be from 1 to 100,000.";
        if (endpoint.RequestsPerMinute < 1)
            yield return $"{setting}:RequestsPerMinute must be at least 1.";
        if (endpoint.TokensPerMinute < 1)
            yield return $"{setting}:TokensPerMinute must be at least 1.";
        if (endpoint.MaxQueuedRequests is < 0 or > 1_000_000)
            yield return $"{setting}:MaxQueuedRequests must be from 0 to 1,000,000.";
        if (endpoint.MaxQueueTime <= TimeSpan.Zero || endpoint.MaxQueueTime > TimeSpan.FromDays(1))
            yield return $"{setting}:MaxQueueTime must be more than zero and at most one day.";
        if (endpoint.BreakerFailures is < 0 or > 1000)
            yield return $"{setting}:BreakerFailures must be from 0 to 1,000.";
        if (endpoint.BreakerPause < TimeSpan.FromSeconds(1) || endpoint.BreakerPause > TimeSpan.FromDays(1))
            yield return $"{setting}:BreakerPause must be at least a second and at most one day.";
    }
}
