using Microsoft.Extensions.Logging;
using ToolService.Core.Tools;

namespace ToolService.Core.Execution;

/// <summary>Fills in the records of calls.</summary>
internal sealed class CallRecords(TimeProvider time, ILogger logger)
{
    /// <summary>A call that begins now.</summary>
    public CallRecord Draft(ToolCall call, CallContext context, string arguments, Tool? tool) => new()
    {
        CallId = call.Id,
        Owner = context.Owner,
        ToolName = ToolErrors.Shorten(call.ToolName),
        Origin = context.Origin,
        SessionId = context.SessionId,
        TurnId = context.TurnId,
        Arguments = arguments,
        DefinitionHash = tool?.DefinitionHash,
        Status = CallStatus.Started,
        CreatedAt = time.GetUtcNow(),
    };

    /// <summary>A call that another one's result answers.</summary>
    public CallRecord Reused(ToolCall call, CallContext context, CheckedArguments arguments, CallRecord source) =>
        Draft(call, context, arguments.Text, null) with
        {
            Repairs = arguments.Repairs,
            DefinitionHash = source.DefinitionHash,
            Status = CallStatus.Succeeded,
            Result = source.Result,
            ReusedFrom = source.ReusedFrom ?? source.CallId,
            CompletedAt = time.GetUtcNow(),
        };

    /// <summary>A call that has ended this way.</summary>
    public CallRecord End(CallRecord call, CallStatus status, ToolError error) =>
        call with { Status = status, Error = error, CompletedAt = time.GetUtcNow() };

    /// <summary>A call whose tool has run.</summary>
    public CallRecord End(CallRecord call, RunOutcome outcome) => call with
    {
        Status = outcome.Status,
        Result = outcome.Result,
        Error = outcome.Error,
        Attempts = outcome.Attempts,
        QueueTime = outcome.QueueTime,
        ExecutionTime = outcome.ExecutionTime,
        CompletedAt = time.GetUtcNow(),
    };

    /// <summary>The result of a call that has ended, and its line in the log.</summary>
    public ToolResult Ended(CallRecord call)
    {
        var milliseconds = call.ExecutionTime.TotalMilliseconds;
        if (call.Error is { } error)
            logger.CallDidNotSucceed(
                call.CallId, call.ToolName, call.Owner, call.SessionId, call.TurnId, call.Status, error.Code, call.Attempts, milliseconds);
        else
            logger.CallEnded(call.CallId, call.ToolName, call.Owner, call.SessionId, call.TurnId, call.Status, call.Attempts, milliseconds);
        return new ToolResult(call);
    }
}
