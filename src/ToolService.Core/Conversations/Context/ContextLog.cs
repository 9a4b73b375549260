using Microsoft.Extensions.Logging;

namespace ToolService.Core.Conversations.Context;

internal static partial class ContextLog
{
    [LoggerMessage(
        121, LogLevel.Information,
        "Turn {TurnId} of session {SessionId}: compacted for model {Model}; messages left out: {LeftOut}, shortened before: {Shortened}")]
    public static partial void ContextCompacted(
        this ILogger logger, string turnId, string sessionId, string model, int leftOut, int shortened);

    [LoggerMessage(
        122, LogLevel.Warning,
        "Turn {TurnId} of session {SessionId}: model {Model} wrote no summary; the messages are left out without one")]
    public static partial void SummaryFailed(this ILogger logger, Exception? exception, string turnId, string sessionId, string model);

    [LoggerMessage(123, LogLevel.Warning, "Turn {TurnId}: model {Model} refused a request as too long; its window: {Window} tokens")]
    public static partial void RequestTooLong(this ILogger logger, Exception exception, string turnId, string model, long? window);
}
