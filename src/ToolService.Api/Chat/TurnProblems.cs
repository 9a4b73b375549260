using System.Text.Json.Nodes;
using ToolService.Api.Hosting.Errors;
using ToolService.Core.Conversations;

namespace ToolService.Api.Chat;

internal static class TurnProblems
{
    /// <summary>The problem that a failed turn is for the client that waits for its answer. The model's failure is told; the service's own is not.</summary>
    public static ProblemResult Failed(Turn turn) => turn.Reason is "internal_error"
        ? Problems.Internal()
        : Problems.Of(
            StatusCodes.Status502BadGateway, turn.Reason, turn.ReasonMessage,
            extensions: new JsonObject { ["session_id"] = turn.SessionId, ["turn_id"] = turn.Id });

    public static ProblemResult Unknown() => Problems.NotFound("unknown_turn", "There is no such turn.");
}
