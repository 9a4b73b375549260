using ToolService.Api.Confirmations;
using ToolService.Api.Hosting.Json;
using ToolService.Core.Execution;
using ToolService.Core.Execution.Repair;

namespace ToolService.Api.Tools;

/// <summary>What became of a tool call.</summary>
public sealed record CallResponse
{
    /// <summary>Whether the tool ran and gave a result.</summary>
    public required bool Success { get; init; }

    /// <summary>The tool's result, whole; absent without one.</summary>
    public RawJson? Result { get; init; }

    /// <summary>Why there is no result.</summary>
    public CallError? Error { get; init; }

    /// <summary>The call's id in the history.</summary>
    public required string CallId { get; init; }

    /// <summary>The tool that was called.</summary>
    public required string ToolName { get; init; }

    /// <summary>Where the call stands.</summary>
    public required CallStatus Status { get; init; }

    /// <summary>How long the tool ran, in milliseconds, retries included.</summary>
    public required double ExecutionTimeMs { get; init; }

    /// <summary>How often the tool was started.</summary>
    public required int Attempts { get; init; }

    /// <summary>What was changed in the arguments before they were checked; absent where nothing was.</summary>
    public IReadOnlyList<ToolRepair>? Repairs { get; init; }

    /// <summary>What the call waits for, or waited for.</summary>
    public ConfirmationView? Confirmation { get; init; }

    /// <summary>The result as it is on the wire.</summary>
    public static CallResponse Of(ToolResult result) => Of(result.Call, result.Confirmation);

    /// <summary>The recorded call as it is on the wire.</summary>
    public static CallResponse Of(CallRecord call, Confirmation? confirmation = null) => new()
    {
        Success = call.Status is CallStatus.Succeeded,
        Result = RawJson.Of(call.Result),
        Error = CallError.Of(call.Error),
        CallId = call.CallId,
        ToolName = call.ToolName,
        Status = call.Status,
        ExecutionTimeMs = WireTime.Milliseconds(call.ExecutionTime),
        Attempts = call.Attempts,
        Repairs = call.Repairs is { Count: > 0 } repairs ? repairs : null,
        Confirmation = confirmation is null ? null : ConfirmationView.Of(confirmation),
    };
}
