using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace ToolService.Core.Models.Resilience;

/// <summary>
/// Puts what the service does about failures around an adapter. From outside: retries, so that each attempt is counted and limited; limits,
/// so that a request in the queue has not begun; the breaker, so that it sees what was sent and nothing else.
/// </summary>
internal static class ResilientClients
{
    public static IChatClient Around(
        IChatClient adapter, string name, ModelEndpointOptions options, RetryPolicy retries, TimeProvider time, ILogger logger)
    {
        var client = adapter;
        var breaker = options.BreakerFailures > 0
            ? new ModelBreaker(name, options.BreakerFailures, options.BreakerPause, time, logger)
            : null;
        if (breaker is not null)
            client = new BreakingChatClient(client, breaker);
        if ((options.MaxParallelRequests ?? options.RequestsPerMinute ?? options.TokensPerMinute) is not null)
            client = new LimitingChatClient(client, new RequestLimiter(name, options, time), breaker);
        return new RetryingChatClient(client, name, retries, time, logger);
    }
}
