using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ToolService.Core.Tools.Mcp.Transport;

namespace ToolService.Core.Tools.Mcp.Sessions;

/// <summary>Takes a server's questions to whoever made the call that they belong to.</summary>
internal sealed class ElicitationHandler(string server, McpCalls calls, ILogger logger)
{
    private const int LongestMessage = 4_000;
    private static readonly ElicitResult Cancelled = new() { Action = "cancel" };
    private static readonly ElicitResult Declined = new() { Action = "decline" };

    public async ValueTask<ElicitResult> AnswerAsync(ElicitRequestParams? request, CancellationToken cancellationToken)
    {
        // A page that a server wants to have opened is not what was offered.
        if (request is null || request.Mode is "url")
            return Declined;
        if (CallOf(request) is not { Running: { } running } call)
        {
            logger.QuestionWithoutCall(server);
            return Cancelled;
        }

        var form = ElicitationForm.Of(request);
        if (!call.MayAsk())
            return Cancelled;

        // Nothing that the answer leads to is part of the call that a model made.
        McpCall.Current = null;
        var question = $"The MCP server '{server}' asks: {RemoteText.Bound(request.Message, LongestMessage)}";
        var answer = await running.ElicitAsync(new Elicitation(question, form.Schema), cancellationToken);
        return answer.Action switch
        {
            ElicitationAction.Accept => Accept(form, answer.Content),
            ElicitationAction.Decline => Declined,
            _ => Cancelled,
        };
    }

    private ElicitResult Accept(ElicitationForm form, JsonElement? content)
    {
        if (form.Fill(content) is { } filled)
            return new ElicitResult { Action = "accept", Content = filled };

        logger.AnswerRefused(server);
        return Cancelled;
    }

    private McpCall? CallOf(ElicitRequestParams request) =>
        request.Meta?[WatchedTransport.CallKey] is JsonValue value && value.TryGetValue(out string? key) && calls.Find(key) is { } call
            ? call
            : McpCall.Current;
}
