using System.Text.Json.Nodes;
using ToolService.Api.Hosting.Errors;
using ToolService.Api.Hosting.Json;
using ToolService.Core.Conversations;

namespace ToolService.Api.Chat;

internal static class TurnProblems
{
    /// <summary>The problem that a failed turn is for the client that waits for its answer. The model's failure is told; the service's own is not.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="now">When this is told, which may be long after it failed.</param>
    public static ProblemResult Failed(Turn turn, DateTimeOffset now) => turn switch
    {
        { Reason: "internal_error" } => Problems.Internal(),
        { Reason: "model_unavailable" and var code, ReasonMessage: { } message } =>
            Problems.Unavailable(code, message, LeftOf(turn, now), About(turn)),
        _ => Problems.Of(StatusCodes.Status502BadGateway, turn.Reason, turn.ReasonMessage, extensions: About(turn)),
    };

    public static ProblemResult Unknown() => Problems.NotFound("unknown_turn", "There is no such turn.");

    private static TimeSpan? LeftOf(Turn turn, DateTimeOffset now) => turn.Progress.RetryAt is { } at && at > now ? at - now : null;

    private static JsonObject About(Turn turn)
    {
        var about = new JsonObject { ["session_id"] = turn.SessionId, ["turn_id"] = turn.Id };
        if (turn.Progress.RetryAt is { } at)
            about["retry_at"] = WireTime.Of(at);
        return about;
    }
}
