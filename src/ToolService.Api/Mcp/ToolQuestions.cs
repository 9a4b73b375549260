using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ToolService.Core.Execution;
using ToolService.Core.Schema;
using ToolService.Core.Tools;

namespace ToolService.Api.Mcp;

/// <summary>Runs calls whose tools may ask the client's user.</summary>
internal sealed class ToolQuestions(SafeExecutor executor, OpenQuestions open)
{
    private const string Key = "question";

    /// <summary>Runs a call to its end or, with an exception that tells the client to ask, to its next question.</summary>
    /// <exception cref="InputRequiredException">The client has to ask its user, and send the call again with the answer.</exception>
    public Task<ToolResult> RunAsync(
        ToolCall call, CallContext context, ClientForm form, ProgressNotes? progress, CancellationToken cancellationToken)
    {
        return form is { CanAsk: true, EndsCall: true }
            ? StartAsync(call, context, progress, cancellationToken)
            : executor.ExecuteAsync(call, Listening(context, form, progress), cancellationToken);
    }

    /// <summary>
    /// A call's context whose client hears of progress and, where one request can do both, is asked while the call waits.
    /// </summary>
    public static CallContext Listening(CallContext context, ClientForm form, ProgressNotes? progress) => context with
    {
        Progress = progress is null ? null : (_, step) => progress.Add(step),
        Elicit = form is { CanAsk: true, EndsCall: false }
            ? (_, question, cancellationToken) => AskAsync(form, question, cancellationToken)
            : null,
    };

    /// <summary>Brings an answer to a call that waits for one, and runs it on.</summary>
    /// <exception cref="McpProtocolException">No such call waits in this process.</exception>
    public async Task<(ToolCall Call, ToolResult Result)> ResumeAsync(
        string state, string owner, string toolName, ClientForm form, ProgressNotes? progress, CancellationToken cancellationToken)
    {
        if (open.Take(state, owner, toolName) is not var (call, question))
            throw new McpProtocolException(
                "No call waits here for this answer: it was given, came too late, or the service was restarted.",
                McpErrorCode.InvalidParams);
        // A client that brings nothing usable is asked again.
        if (AnswerOf(form.BroughtTo(Key), question.Schema) is not { } answer)
            throw Ending(call, question);

        question.Give(answer);
        return (call.Call, await GoOnAsync(call, progress, cancellationToken));
    }

    private async Task<ToolResult> StartAsync(
        ToolCall call, CallContext context, ProgressNotes? progress, CancellationToken cancellationToken)
    {
        QuestionedCall questioned = new() { Owner = context.Owner, Call = call };
        questioned.Start(stop => executor.ExecuteAsync(
            call,
            context with
            {
                Progress = (_, step) => questioned.Hear(step),
                Elicit = (_, question, asked) => questioned.AskAsync(Checked(question), asked),
            },
            stop));
        return await GoOnAsync(questioned, progress, cancellationToken);
    }

    private async Task<ToolResult> GoOnAsync(QuestionedCall call, ProgressNotes? progress, CancellationToken cancellationToken)
    {
        if (await call.NextQuestionAsync(progress, cancellationToken) is { } question)
            throw Ending(call, question);

        using (call)
            return await call.Result;
    }

    private InputRequiredException Ending(QuestionedCall call, OpenQuestion question) =>
        ClientForm.Ending(Key, open.Add(call, question), question.Message, question.Schema);

    private static async Task<ElicitationAnswer> AskAsync(ClientForm form, Elicitation question, CancellationToken cancellationToken) =>
        AnswerOf(await form.AskAsync(question.Message, Checked(question).Schema, cancellationToken), question.Schema)
        ?? new ElicitationAnswer(ElicitationAction.Cancel);

    /// <summary>A question whose answer can be checked.</summary>
    /// <exception cref="ToolException">It is none.</exception>
    private static Elicitation Checked(Elicitation question)
    {
        try
        {
            JsonSchema.Compile(question.Schema);
            return question;
        }
        catch (JsonSchemaException e)
        {
            throw new ToolException($"The tool asks for an answer whose schema cannot be enforced: {e.Message}", e);
        }
    }

    /// <summary>The answer; null where there is none, or it is none to this question.</summary>
    private static ElicitationAnswer? AnswerOf(FormAnswer? answer, JsonElement schema) => answer switch
    {
        null => null,
        { IsDeclined: true } => new ElicitationAnswer(ElicitationAction.Decline),
        { IsAccepted: false } => new ElicitationAnswer(ElicitationAction.Cancel),
        { Content: { } content } when JsonSchema.Compile(schema).IsValid(content) =>
            new ElicitationAnswer(ElicitationAction.Accept, content),
        _ => null,
    };
}
