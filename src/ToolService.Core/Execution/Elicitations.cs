using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ToolService.Core.Schema;
using ToolService.Core.Tools;

namespace ToolService.Core.Execution;

/// <summary>
/// Questions of running tools to people. Each is kept as a confirmation, so that it is listed, answered and recorded like one, by any
/// process on the same store; the tool waits in the one that asked, and a question whose tool is gone can no longer be answered.
/// </summary>
public sealed class Elicitations(ICallStore store, IOptions<ExecutionOptions> options, TimeProvider time, ILogger<Elicitations> logger)
{
    private static readonly ElicitationAnswer NoAnswer = new(ElicitationAction.Cancel);
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly DateTimeOffset _since = time.GetUtcNow();
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
            return await WaitAsync(question, answer.Task, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await store.TryAnswerElicitationAsync(question with { Status = ConfirmationStatus.Cancelled, DecidedAt = time.GetUtcNow() });
            throw;
        }
        finally
        {
            _waiting.TryRemove(question.Id, out _);
        }
    }

    /// <summary>Answers a question that still waits.</summary>
    internal async Task<DecisionResult> AnswerAsync(Confirmation question, Confirmation decided, Decision decision)
    {
        if (!_waiting.TryGetValue(question.Id, out var waiting) && !MayWaitElsewhere(question))
            return await WithdrawAsync(question);

        var content = JsonElement.Parse(decision.Arguments ?? "{}");
        if (decision.Approve && Check(question, content) is { } invalid)
            return new DecisionResult(DecisionOutcome.InvalidArguments, question, Error: invalid);

        var answered = decided with { Answer = decision.Approve ? content.GetRawText() : null };
        if (!await store.TryAnswerElicitationAsync(answered))
            return await SettledAsync(question);

        logger.ConfirmationDecided(answered.Id, answered.CallId, answered.ToolName, answered.Status, answered.DecidedBy);
        waiting?.TrySetResult(AnswerOf(answered)!);
        return new DecisionResult(DecisionOutcome.Decided, answered);
    }

    /// <summary>Settles a question whose tool no longer waits for the answer; null where it does.</summary>
    internal async Task<Confirmation?> ExpireAsync(Confirmation question) =>
        _waiting.ContainsKey(question.Id) || MayWaitElsewhere(question) ? null : (await WithdrawAsync(question)).Confirmation;

    // Another process on the same store may have asked, and looks for the answer there. What is older than this process is taken for one of
    // a process that is gone.
    private bool MayWaitElsewhere(Confirmation question) => question.CreatedAt >= _since && time.GetUtcNow() < question.ExpiresAt;

    private async Task<ElicitationAnswer> WaitAsync(
        Confirmation question, Task<ElicitationAnswer> answered, CancellationToken cancellationToken)
    {
        for (var left = options.Value.ElicitationTimeout; left > TimeSpan.Zero; left = question.ExpiresAt - time.GetUtcNow())
        {
            try
            {
                return await answered.WaitAsync(left < LookInterval ? left : LookInterval, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                if (await StoredAnswerAsync(question) is { } elsewhere)
                    return elsewhere;
            }
        }

        var expired = question with { Status = ConfirmationStatus.Expired, DecidedAt = time.GetUtcNow() };
        // Somebody may have answered at the last moment: an answer that was acknowledged counts.
        return await store.TryAnswerElicitationAsync(expired) ? NoAnswer : await StoredAnswerAsync(question) ?? NoAnswer;
    }

    private async Task<ElicitationAnswer?> StoredAnswerAsync(Confirmation question) =>
        await store.FindConfirmationAsync(question.Id, CancellationToken.None) is { } stored ? AnswerOf(stored) : NoAnswer;

    /// <summary>What a question's tool hears; null while nobody has decided.</summary>
    private static ElicitationAnswer? AnswerOf(Confirmation question) => question.Status switch
    {
        ConfirmationStatus.Pending => null,
        ConfirmationStatus.Approved => new ElicitationAnswer(ElicitationAction.Accept, JsonElement.Parse(question.Answer ?? "{}")),
        ConfirmationStatus.Denied => new ElicitationAnswer(ElicitationAction.Decline),
        _ => NoAnswer,
    };

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
