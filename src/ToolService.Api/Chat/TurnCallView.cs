using ToolService.Api.Hosting.Json;
using ToolService.Api.Tools;
using ToolService.Core.Execution;
using ToolService.Core.Execution.Repair;

namespace ToolService.Api.Chat;

/// <summary>A call that the model asked for.</summary>
public sealed record TurnCallView
{
    /// <summary>The call's id in the history.</summary>
    public required string CallId { get; init; }

    /// <summary>The tool.</summary>
    public required string ToolName { get; init; }

    /// <summary>The arguments; text that was not JSON is a string.</summary>
    public required RawJson Arguments { get; init; }

    /// <summary>What was changed in the arguments before they were checked; absent where nothing was.</summary>
    public IReadOnlyList<ToolRepair>? Repairs { get; init; }

    /// <summary>Where the call stands.</summary>
    public required CallStatus Status { get; init; }

    /// <summary>The whole result.</summary>
    public RawJson? Result { get; init; }

    /// <summary>The other call of the turn whose result this is; absent where the tool ran itself.</summary>
    public string? ReusedFrom { get; init; }

    /// <summary>Why there is no result.</summary>
    public CallError? Error { get; init; }

    /// <summary>How long the tool ran, in milliseconds.</summary>
    public required double ExecutionTimeMs { get; init; }

    /// <summary>The recorded call as it is on the wire.</summary>
    public static TurnCallView Of(CallRecord call) => new()
    {
        CallId = call.CallId,
        ToolName = call.ToolName,
        Arguments = new RawJson(call.Arguments),
        Repairs = call.Repairs is { Count: > 0 } repairs ? repairs : null,
        Status = call.Status,
        Result = RawJson.Of(call.Result),
        ReusedFrom = call.ReusedFrom,
        Error = CallError.Of(call.Error),
        ExecutionTimeMs = WireTime.Milliseconds(call.ExecutionTime),
    };
}
