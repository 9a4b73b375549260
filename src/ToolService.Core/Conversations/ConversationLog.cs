using Microsoft.Extensions.Logging;

namespace ToolService.Core.Conversations;

internal static partial class ConversationLog
{
    private static readonly Func<ILogger, string, string, IDisposable?> Scope =
        LoggerMessage.DefineScope<string, string>("turn {TurnId} of session {SessionId}");

    public static IDisposable? TurnScope(this ILogger logger, string turnId, string sessionId) => Scope(logger, turnId, sessionId);

    [LoggerMessage(101, LogLevel.Information, "Turn {TurnId} of session {SessionId} was {Status}; going on with it")]
    public static partial void TurnResumed(this ILogger logger, string turnId, string sessionId, TurnStatus status);

    [LoggerMessage(102, LogLevel.Debug, "Turn {TurnId} of session {SessionId}: {Status} ({Reason}) after {Rounds} rounds and {ToolCalls} tool calls")]
    public static partial void TurnLeft(
        this ILogger logger, string turnId, string sessionId, TurnStatus status, string? reason, int rounds, int toolCalls);

    [LoggerMessage(103, LogLevel.Error, "Turn {TurnId} of session {SessionId} failed (incident {Incident})")]
    public static partial void TurnFailed(this ILogger logger, Exception exception, string turnId, string sessionId, string incident);

    [LoggerMessage(104, LogLevel.Error, "Turn {TurnId} could not be read or written; the service goes on with it later")]
    public static partial void TurnLost(this ILogger logger, Exception exception, string turnId);

    [LoggerMessage(105, LogLevel.Warning, "Events of turn {TurnId} could not be written; trying again")]
    public static partial void EventsNotWritten(this ILogger logger, Exception exception, string turnId);

    [LoggerMessage(106, LogLevel.Error, "Turn {TurnId} of session {SessionId} is given up: the service went down {Attempts} times while it was at work on it")]
    public static partial void TurnGivenUp(this ILogger logger, string turnId, string sessionId, int attempts);

    [LoggerMessage(108, LogLevel.Error, "What became of the last calls of turn {TurnId} of session {SessionId} could not be told; the turn ends without")]
    public static partial void CallsNotSettled(this ILogger logger, Exception exception, string turnId, string sessionId);

    [LoggerMessage(109, LogLevel.Warning, "Turn {TurnId}: the answer of model {Model} broke off after it had begun; asking again")]
    public static partial void AnswerBroke(this ILogger logger, Exception exception, string turnId, string model);

    [LoggerMessage(111, LogLevel.Warning, "Turn {TurnId}: model {Model} failed; {Fallback} answers in its place")]
    public static partial void ModelReplaced(this ILogger logger, Exception exception, string turnId, string model, string fallback);

    [LoggerMessage(112, LogLevel.Warning, "What the client of turn {TurnId} was shown could not be noted; its next request begins a new session")]
    public static partial void TranscriptNotNoted(this ILogger logger, Exception exception, string turnId);

    [LoggerMessage(113, LogLevel.Warning, "Turn {TurnId}: model {Model} could not be asked beside the rounds; the turn goes on without")]
    public static partial void AsideFailed(this ILogger logger, Exception exception, string turnId, string model);

    [LoggerMessage(
        110, LogLevel.Warning,
        "The history of session {SessionId} broke a rule in {Repairs} places before a request of turn {TurnId}; it was sent with them put right")]
    public static partial void TranscriptRepaired(this ILogger logger, string sessionId, string turnId, int repairs);
}
