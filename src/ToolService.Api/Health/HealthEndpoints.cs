using Microsoft.AspNetCore.Http.HttpResults;
using ToolService.Api.Hosting.Documentation;
using ToolService.Api.Hosting.Errors;
using ToolService.Core.Execution;
using ToolService.Core.Tools;

namespace ToolService.Api.Health;

internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").AllowAnonymous().WithTags("Health");
        health.MapGet("", Get).WithSummary("That the service answers, and how many tools it has").WithExample(response: """{"status":"healthy","tools_count":9}""");
        health.MapGet("/live", GetLive).WithSummary("That the process answers: restart it when this fails").WithExample(response: """{"status":"healthy"}""");
        health.MapGet("/ready", GetReadyAsync)
            .WithSummary("That the service can work: send it no requests while this fails")
            .WithProblems(StatusCodes.Status503ServiceUnavailable)
            .WithExample(response: """{"status":"healthy"}""");
    }

    private static Ok<HealthStatus> Get(ToolRegistry tools, EmergencyStop stop) =>
        TypedResults.Ok(new HealthStatus(HealthStatus.Healthy, tools.Current.Tools.Count, IfStopped(stop)));

    private static Ok<HealthStatus> GetLive() => TypedResults.Ok(new HealthStatus(HealthStatus.Healthy));

    private static async Task<Results<Ok<HealthStatus>, ProblemResult>> GetReadyAsync(
        Readiness readiness, EmergencyStop stop, CancellationToken cancellationToken)
    {
        var failed = await readiness.FindFailuresAsync(cancellationToken);
        return failed.Count == 0
            ? TypedResults.Ok(new HealthStatus(HealthStatus.Healthy, Stopped: IfStopped(stop)))
            : Problems.Unavailable("not_ready", $"Not ready: {string.Join(", ", failed)}.");
    }

    private static bool? IfStopped(EmergencyStop stop) => stop.IsStopped ? true : null;
}
