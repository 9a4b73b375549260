using Microsoft.AspNetCore.Http.HttpResults;
using ToolService.Api.Hosting.Documentation;
using ToolService.Api.Hosting.Errors;
using ToolService.Api.Hosting.Security;
using ToolService.Core.Execution;

namespace ToolService.Api.Admin;

internal static class AdminEndpoints
{
    private const int MaxReasonCharacters = 500;
    private const string Running =
        """{"stopped":false,"since":"2026-11-21T00:12:09.530114+00:00","changed_by":"local","calls_at_work":0,"turns_at_work":0}""";

    public static void MapAdmin(this IEndpointRouteBuilder app)
    {
        var admin = app.MapGroup("/v1/admin").RequireScope(Scopes.Admin).WithTags("Operation");
        admin.MapGet("/status", GetStatus)
            .WithSummary("Whether the service is stopped, since when, and what is at work")
            .WithExample(response: Running);
        admin.MapPost("/stop", StopAsync)
            .WithSummary("Emergency stop: cancel every running call and turn, and let nothing begin")
            .WithDescription(
                "The answer comes when nothing runs any more, or after ten seconds with what still does. Until the service is started again, " +
                "also across restarts, whatever would run something is a 503 `stopped`. Reading and denying go on. " +
                "Stopping a stopped service changes nothing.")
            .WithProblems(503)
            .WithExample(
                """{"reason":"mails go to the wrong customers"}""",
                """
                {"stopped":true,"since":"2026-11-21T00:07:24.406158+00:00","changed_by":"local","reason":"mails go to the wrong customers",
                 "calls_stopped":2,"turns_stopped":1,"tools_unresponsive":0,"calls_at_work":0,"turns_at_work":0}
                """);
        admin.MapPost("/start", StartAsync)
            .WithSummary("Let a stopped service run again")
            .WithDescription(
                "Turns whose confirmations were all decided meanwhile go on. Starting a service that is not stopped changes nothing.")
            .WithProblems(503)
            .WithExample(response: Running);
    }

    private static Ok<ServiceStatusView> GetStatus(EmergencyStop stop) => TypedResults.Ok(ServiceStatusView.Of(stop.Report));

    private static async Task<Results<Ok<ServiceStatusView>, ProblemResult>> StopAsync(
        HttpContext context, EmergencyStop stop, StopRequest? request = null)
    {
        var reason = string.IsNullOrWhiteSpace(request?.Reason) ? null : request.Reason;
        if (reason?.Length > MaxReasonCharacters || reason?.Any(IsLineBreak) is true)
            return Problems.BadRequest(
                "invalid_request", $"A reason is one line of at most {MaxReasonCharacters} characters.",
                [new ProblemError("/reason", "maxLength", "Too long, or more than one line.")]);

        return Answer(await stop.StopAsync(context.Caller().Name, reason));
    }

    private static async Task<Results<Ok<ServiceStatusView>, ProblemResult>> StartAsync(HttpContext context, EmergencyStop stop) =>
        Answer(await stop.StartAsync(context.Caller().Name));

    private static bool IsLineBreak(char character) => char.IsControl(character) || character is '\u2028' or '\u2029';

    private static Results<Ok<ServiceStatusView>, ProblemResult> Answer(StopReport report) => report.IsSaved
        ? TypedResults.Ok(ServiceStatusView.Of(report))
        : Problems.Unavailable(
            "state_not_saved",
            $"The service {(report.State.IsStopped ? "is stopped" : "runs")}, but the store did not save that, so a restart would not know of it. " +
            "Send the request again.");
}
