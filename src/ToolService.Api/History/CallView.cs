using ToolService.Api.Hosting.Json;
using ToolService.Api.Tools;
using ToolService.Core.Execution;
using ToolService.Core.Execution.Repair;

namespace ToolService.Api.History;

/// <summary>A call as the history has it.</summary>
public sealed record CallView
{
    /// <summary>The call's id.</summary>
    public required string CallId { get; init; }

    /// <summary>The tool, as it was asked for.</summary>
    public required string ToolName { get; init; }

    /// <summary>Who called.</summary>
    public required string Caller { get; init; }

    /// <summary>The path by which the call arrived.</summary>
    public required CallOrigin Origin { get; init; }

    /// <summary>The session it belongs to.</summary>
    public string? SessionId { get; init; }

    /// <summary>The turn it belongs to.</summary>
    public string? TurnId { get; init; }

    /// <summary>Where it stands.</summary>
    public required CallStatus Status { get; init; }

    /// <summary>The arguments it was asked for, or was approved with; text that was not JSON is a string.</summary>
    public RawJson? Arguments { get; init; }

    /// <summary>The arguments it was asked for, where the person who approved it edited them; only in the single record.</summary>
    public RawJson? OriginalArguments { get; init; }

    /// <summary>What was changed in the arguments before they were checked; absent where nothing was.</summary>
    public IReadOnlyList<ToolRepair>? Repairs { get; init; }

    /// <summary>The whole result.</summary>
    public RawJson? Result { get; init; }

    /// <summary>The other call of its turn whose result this is; absent where the tool ran itself.</summary>
    public string? ReusedFrom { get; init; }

    /// <summary>Why there is no result.</summary>
    public CallError? Error { get; init; }

    /// <summary>Whether arguments or result are too long for a list; the single record has them.</summary>
    public bool? Shortened { get; init; }

    /// <summary>How often the tool was started.</summary>
    public required int Attempts { get; init; }

    /// <summary>How long the call waited for a free slot, in milliseconds.</summary>
    public required double QueueTimeMs { get; init; }

    /// <summary>How long the tool ran, in milliseconds, retries included.</summary>
    public required double ExecutionTimeMs { get; init; }

    /// <summary>The confirmation it waits for, or waited for.</summary>
    public string? ConfirmationId { get; init; }

    /// <summary>Who decided on that confirmation.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>The tool's definition at the time, as a SHA-256.</summary>
    public string? DefinitionHash { get; init; }

    /// <summary>When the call arrived.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The recorded call as it is on the wire.</summary>
    /// <param name="call">The call.</param>
    /// <param name="longest">Arguments and results of more characters than this are left out.</param>
    public static CallView Of(CallRecord call, int longest = int.MaxValue) => new()
    {
        CallId = call.CallId,
        ToolName = call.ToolName,
        Caller = call.Owner,
        Origin = call.Origin,
        SessionId = call.SessionId,
        TurnId = call.TurnId,
        Status = call.Status,
        Arguments = RawJson.Of(call.Arguments.Length <= longest ? call.Arguments : null),
        Repairs = call.Repairs is { Count: > 0 } repairs ? repairs : null,
        Result = RawJson.Of(call.Result?.Length <= longest ? call.Result : null),
        ReusedFrom = call.ReusedFrom,
        Error = CallError.Of(call.Error),
        Shortened = call.Arguments.Length > longest || call.Result?.Length > longest ? true : null,
        Attempts = call.Attempts,
        QueueTimeMs = WireTime.Milliseconds(call.QueueTime),
        ExecutionTimeMs = WireTime.Milliseconds(call.ExecutionTime),
        ConfirmationId = call.ConfirmationId,
        DecidedBy = call.DecidedBy,
        DefinitionHash = call.DefinitionHash,
        CreatedAt = call.CreatedAt,
        CompletedAt = call.CompletedAt,
    };
}
