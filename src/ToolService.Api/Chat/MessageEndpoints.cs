using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using ToolService.Api.Hosting;
using ToolService.Api.Hosting.Documentation;
using ToolService.Api.Hosting.Errors;
using ToolService.Api.Hosting.Security;
using ToolService.Core;
using ToolService.Core.Conversations;

namespace ToolService.Api.Chat;

internal static class MessageEndpoints
{
    public static void MapMessages(this IEndpointRouteBuilder app) =>
        app.MapGet("/v1/chat/sessions/{id}/messages", ListAsync)
            .RequireScope(Scopes.Chat)
            .WithTags("Chat")
            .WithSummary("A session's messages, in order, in the service's own form or OpenAI's")
            .WithDescription(
                "`after` is the position of the last message of the page before. `format=openai` answers the whole history at once, "
                + "as POST /v1/chat/sessions takes it: `role`, `content`, `tool_calls`, `tool_call_id`.")
            .WithProblems(404);

    private static async Task<Results<Ok<IReadOnlyList<MessageView>>, JsonHttpResult<IReadOnlyList<OpenAIMessage>>, ProblemResult>>
        ListAsync(
            string id,
            HttpContext context,
            IConversationStore store,
            SessionService sessions,
            string? format,
            int after = -1,
            int limit = NextPage.DefaultLimit)
    {
        var form = MessageFormat.Native;
        if (format is not null && !SnakeCaseNames<MessageFormat>.TryParse(format, out form))
            return Invalid("format", $"There is no such format; choose one of {string.Join(", ", SnakeCaseNames<MessageFormat>.All)}.");
        if (form is MessageFormat.Openai && (context.Request.Query.ContainsKey("limit") || context.Request.Query.ContainsKey("after")))
            return Invalid("format", "format=openai answers the whole history: leave out limit and after.");
        if (limit is < 1 or > NextPage.MaxLimit)
            return NextPage.BadLimit(limit);
        if (await SessionEndpoints.FindAsync(id, context, store) is not { } session)
            return SessionEndpoints.Unknown();
        if (form is MessageFormat.Openai)
            return TypedResults.Json(await ExportAsync(session, sessions, context.RequestAborted));

        var page = await store.ListMessagesAsync(id, (int)Math.Min(after + 1L, int.MaxValue), limit, context.RequestAborted);
        if (page.Count == limit)
            NextPage.Link(context, page[^1].Position.ToString(CultureInfo.InvariantCulture));
        return TypedResults.Ok<IReadOnlyList<MessageView>>([.. page.Select(MessageView.Of)]);
    }

    private static async Task<IReadOnlyList<OpenAIMessage>> ExportAsync(
        Session session, SessionService sessions, CancellationToken cancellationToken)
    {
        var messages = (await sessions.ExportAsync(session, cancellationToken)).Select(OpenAIMessage.Of);
        return [.. session.SystemPrompt is { } prompt ? messages.Prepend(OpenAIMessage.System(prompt)) : messages];
    }

    private static ProblemResult Invalid(string parameter, string message) =>
        Problems.BadRequest("invalid_request", message, [new ProblemError(parameter, null, message)]);
}
