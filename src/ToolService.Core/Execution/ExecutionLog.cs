using Microsoft.Extensions.Logging;

namespace ToolService.Core.Execution;

internal static partial class ExecutionLog
{
    [LoggerMessage(1, LogLevel.Error, "Tool {Tool} threw in call {CallId} (incident {Incident})")]
    public static partial void ToolThrew(this ILogger logger, Exception exception, string tool, string callId, string incident);

    [LoggerMessage(2, LogLevel.Warning, "Tool {Tool} ignores its cancellation in call {CallId}; it was abandoned and its slot is free")]
    public static partial void ToolAbandoned(this ILogger logger, string tool, string callId);

    [LoggerMessage(3, LogLevel.Information, "Abandoned tool {Tool} of call {CallId} has ended")]
    public static partial void AbandonedToolEnded(this ILogger logger, Exception? exception, string tool, string callId);

    [LoggerMessage(4, LogLevel.Debug, "Call {CallId} of {Tool} by {Owner} in session {SessionId}, turn {TurnId}: {Status} after {Attempts} attempts, {Milliseconds} ms")]
    public static partial void CallEnded(
        this ILogger logger, string callId, string tool, string owner, string? sessionId, string? turnId, CallStatus status, int attempts, double milliseconds);

    [LoggerMessage(5, LogLevel.Information, "Call {CallId} of {Tool} by {Owner} in session {SessionId}, turn {TurnId}: {Status} ({Code}) after {Attempts} attempts, {Milliseconds} ms")]
    public static partial void CallDidNotSucceed(
        this ILogger logger, string callId, string tool, string owner, string? sessionId, string? turnId, CallStatus status, ToolErrorCode code, int attempts, double milliseconds);

    [LoggerMessage(6, LogLevel.Error, "Call {CallId} of {Tool} ended as {Status}, but its record was no longer 'started'; the record stays as it was")]
    public static partial void OutcomeNotRecorded(this ILogger logger, string callId, string tool, CallStatus status);

    [LoggerMessage(7, LogLevel.Information, "Confirmation {ConfirmationId} for call {CallId} of {Tool}: {Status} by {DecidedBy}")]
    public static partial void ConfirmationDecided(
        this ILogger logger, string confirmationId, string callId, string tool, ConfirmationStatus status, string? decidedBy);

    [LoggerMessage(8, LogLevel.Information, "Tool {Tool} failed in call {CallId}, for this cause")]
    public static partial void ToolFailed(this ILogger logger, Exception exception, string tool, string callId);

    [LoggerMessage(9, LogLevel.Warning, "Tool {Tool} threw while it was told to stop in call {CallId}")]
    public static partial void CancellationThrew(this ILogger logger, Exception exception, string tool, string callId);

    [LoggerMessage(10, LogLevel.Warning, "The service was stopped by {By}: {Reason}. Nothing runs until it is started again")]
    public static partial void ServiceStopped(this ILogger logger, string by, string? reason);

    [LoggerMessage(11, LogLevel.Warning, "The service was started again by {By}")]
    public static partial void ServiceStarted(this ILogger logger, string by);

    [LoggerMessage(12, LogLevel.Warning, "The service is stopped since {Since:u} by {By}: {Reason}. Nothing runs until it is started")]
    public static partial void ServiceIsStopped(this ILogger logger, DateTimeOffset since, string? by, string? reason);

    [LoggerMessage(13, LogLevel.Error, "{Calls} calls and {Turns} turns have not ended although the service was stopped")]
    public static partial void StillAtWork(this ILogger logger, int calls, int turns);

    [LoggerMessage(14, LogLevel.Warning, "Something threw while it was cancelled by the service's stop")]
    public static partial void StopThrew(this ILogger logger, Exception exception);

    [LoggerMessage(15, LogLevel.Error, "Whether the service is stopped could not be saved; a restart would not know of it")]
    public static partial void StateNotSaved(this ILogger logger, Exception exception);
}
