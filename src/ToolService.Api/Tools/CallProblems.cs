using System.Text.Json.Nodes;
using ToolService.Api.Hosting.Errors;
using ToolService.Core;
using ToolService.Core.Execution;

namespace ToolService.Api.Tools;

/// <summary>Which results of a call are problems of the request, and which are the tool's own.</summary>
internal static class CallProblems
{
    /// <summary>The problem that the result is; null when the tool was run, or waits, and the result says what came of it.</summary>
    public static ProblemResult? Of(ToolResult result)
    {
        var call = result.Call;
        if (call.Error is not { } error || call.Status is not (CallStatus.Rejected or CallStatus.Cancelled))
            return null;

        var status = error.Code switch
        {
            ToolErrorCode.InvalidArguments => StatusCodes.Status400BadRequest,
            ToolErrorCode.UnknownTool => StatusCodes.Status404NotFound,
            ToolErrorCode.CallIdConflict => StatusCodes.Status409Conflict,
            ToolErrorCode.ConfirmationExpired => StatusCodes.Status410Gone,
            ToolErrorCode.Unavailable or ToolErrorCode.Cancelled => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status403Forbidden,
        };
        return Problems.Of(
            status, SnakeCaseNames<ToolErrorCode>.Of(error.Code), error.Message, CallError.Places(error.Errors), new JsonObject { ["call_id"] = call.CallId });
    }
}
