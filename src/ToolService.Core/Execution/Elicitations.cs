using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ToolService.Core.Schema;
using ToolService.Core.Tools;

namespace ToolService.Core.Execution;

/// <summary>
/// Questions of running tools to people. Each is kept as a confirmation, so that it is listed, answered and recorded like one; the tool waits
/// in this process, and a question whose tool is gone can no longer be answered.
/// </summary>
public sealed class Elicitations(ICallStore store, IOptions<ExecutionOptions> options, TimeProvider time, ILogger<Elicitations> logger)
{
    private static readonly ElicitationAnswer NoAnswer = new(ElicitationAction.Cancel);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<ElicitationAnswer>> _waiting = new(StringComparer.Ordinal);

    /// <summary>Asks, and waits for the answer; without one in time it is <see cref="ElicitationAction.Cancel"/>.</summary>
    /// <param name="call">The call whose tool asks.</param>
    /// <param name="elicitation">What it asks.</param>
    /// <param name="asked">Hears of the question as it is stored; null for nobody.</param>
    /// <param name="cancellationToken">The call was cancelled.</param>
    /// <exception cref="ToolException">The answer's schema cannot be enforced.</exception>
    internal async Task<ElicitationAnswer> AskAsync(
        CallRecord call, Elicitation elicitation, Action<Confirmation>? asked, CancellationToken cancellationToken)
    {
        Compile(elicitation.Schema);
        var question = Question(call, elicitation);
        var answer = _waiting[question.Id] = new TaskCompletionSource<ElicitationAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await store.AddElicitationAsync(question);
            asked?.Invoke(question);
            return await answer.Task.WaitAsync(options.Value.ElicitationTimeout, time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            var status = e is TimeoutException ? ConfirmationStatus.Expired : ConfirmationStatus.Cancelled;
            var settled = await store.TryAnswerElicitationAsync(question with { Status = status, DecidedAt = time.GetUtcNow() });
            cancellationToken.ThrowIfCancellationRequested();
            // Somebody answered at the last moment: an answer that was acknowledged counts.
            return settled ? NoAnswer : await answer.Task;
        }
        finally
        {
            _waiting.TryRemove(question.Id, out _);
        }
    }

    /// <summary>Answers a question that still waits.</summary>
    internal async Task<DecisionResult> AnswerAsync(Confirmation question, Confirmation decided, Decision decision)
    {
        if (!_waiting.TryGetValue(question.Id, out var waiting))
            return await WithdrawAsync(question);

        var content = JsonElement.Parse(decision.Arguments ?? "{}");
        if (decision.Approve && Check(question, content) is { } invalid)
            return new DecisionResult(DecisionOutcome.InvalidArguments, question, Error: invalid);

        var answered = decided with { Answer = decision.Approve ? content.GetRawText() : null };
        if (!await store.TryAnswerElicitationAsync(answered))
            return await SettledAsync(question);

        logger.ConfirmationDecided(answered.Id, answered.CallId, answered.ToolName, answered.Status, answered.DecidedBy);
        waiting.TrySetResult(
            decision.Approve ? new ElicitationAnswer(ElicitationAction.Accept, content) : new ElicitationAnswer(ElicitationAction.Decline));
        return new DecisionResult(DecisionOutcome.Decided, answered);
    }

    /// <summary>Settles a question whose tool no longer waits for the answer; null where it does.</summary>
    internal async Task<Confirmation?> ExpireAsync(Confirmation question) =>
        _waiting.ContainsKey(question.Id) ? null : (await WithdrawAsync(question)).Confirmation;

    private async Task<DecisionResult> WithdrawAsync(Confirmation question)
    {
        await store.TryAnswerElicitationAsync(question with { Status = ConfirmationStatus.Cancelled, DecidedAt = time.GetUtcNow() });
        return await SettledAsync(question);
    }

    private async Task<DecisionResult> SettledAsync(Confirmation question)
    {
        var settled = await store.FindConfirmationAsync(question.Id, CancellationToken.None) ?? question;
        var isLate = settled.Status is ConfirmationStatus.Expired or ConfirmationStatus.Cancelled;
        return new DecisionResult(isLate ? DecisionOutcome.Expired : DecisionOutcome.AlreadyDecided, settled);
    }

    private Confirmation Question(CallRecord call, Elicitation elicitation)
    {
        var now = time.GetUtcNow();
        return new Confirmation
        {
            Id = Ids.NewConfirmation(),
            Owner = call.Owner,
            CallId = call.CallId,
            ToolName = call.ToolName,
            Arguments = call.Arguments,
            DefinitionHash = call.DefinitionHash ?? "",
            Elicitation = elicitation,
            SessionId = call.SessionId,
            TurnId = call.TurnId,
            Status = ConfirmationStatus.Pending,
            CreatedAt = now,
            ExpiresAt = now + options.Value.ElicitationTimeout,
        };
    }

    private static ToolError? Check(Confirmation question, JsonElement content)
    {
        var errors = Compile(question.Elicitation!.Schema).Validate(content);
        return errors.Count == 0
            ? null
            : new ToolError(
                ToolErrorCode.InvalidArguments,
                $"The answer, which 'arguments' holds, does not satisfy the question's schema:\n{SchemaErrorText.Summarize(errors)}",
                Errors: errors);
    }

    private static JsonSchema Compile(JsonElement schema)
    {
        try
        {
            return JsonSchema.Compile(schema);
        }
        catch (JsonSchemaException e)
        {
            throw new ToolException($"The tool asks for an answer whose schema cannot be enforced: {e.Message}", e);
        }
    }
}
