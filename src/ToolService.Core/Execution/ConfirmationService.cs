using Microsoft.Extensions.Logging;
using ToolService.Core.Tools;

namespace ToolService.Core.Execution;

/// <summary>
/// Takes people's decisions. The first one wins, a late one is refused, and an approval holds for exactly the call that the person was shown.
/// </summary>
public sealed class ConfirmationService(
    ICallStore store, SafeExecutor executor, Elicitations elicitations, EmergencyStop stop, ToolFinder finder, ToolAccess access, TimeProvider time,
    ILogger<ConfirmationService> logger)
{
    /// <summary>A confirmation no longer waits, and its call has ended. Handlers must not take long: they hand work over.</summary>
    public event Action<Confirmation>? Settled;

    /// <summary>Decides: an approval runs the call, and the result is in the answer.</summary>
    /// <param name="confirmation">The confirmation as it was read.</param>
    /// <param name="decision">What was decided.</param>
    /// <param name="cancellationToken">Stops the call that runs.</param>
    /// <param name="context">The caller, where it is the one who decides: it hears of the call's progress and answers its questions.</param>
    public async Task<DecisionResult> DecideAsync(
        Confirmation confirmation, Decision decision, CancellationToken cancellationToken, CallContext? context = null)
    {
        if (confirmation.Status is not ConfirmationStatus.Pending)
            return await SettledAsync(confirmation, decision);
        if (confirmation.Elicitation is not null)
        {
            var status = decision.Approve ? ConfirmationStatus.Approved : ConfirmationStatus.Denied;
            return await elicitations.AnswerAsync(confirmation, Decided(confirmation, status, decision), decision);
        }

        if (await ExpireAsync(confirmation) is { } expired)
            return await SettledAsync(expired, decision);

        return decision.Approve
            ? await ApproveAsync(confirmation, decision, context, cancellationToken)
            : await SettleAsync(
                confirmation, Decided(confirmation, ConfirmationStatus.Denied, decision), ToolErrors.Denied(decision.Reason), decision);
    }

    /// <summary>Settles a confirmation whose time is up, or a question that nobody waits with any more; null where there is still time.</summary>
    public async Task<Confirmation?> ExpireAsync(Confirmation confirmation)
    {
        if (confirmation.Elicitation is not null)
            return await elicitations.ExpireAsync(confirmation);
        if (time.GetUtcNow() < confirmation.ExpiresAt)
            return null;

        var expired = confirmation with { Status = ConfirmationStatus.Expired, DecidedAt = time.GetUtcNow() };
        return (await SettleAsync(confirmation, expired, ToolErrors.Expired)).Confirmation;
    }

    /// <summary>Settles what a cancelled turn was waiting for.</summary>
    public Task WithdrawAsync(Confirmation confirmation) =>
        SettleAsync(
            confirmation, confirmation with { Status = ConfirmationStatus.Cancelled, DecidedAt = time.GetUtcNow() },
            ToolErrors.CancelledInQueue, status: CallStatus.Cancelled);

    private async Task<DecisionResult> ApproveAsync(
        Confirmation confirmation, Decision decision, CallContext? context, CancellationToken cancellationToken)
    {
        using var work = stop.TryEnter(WorkKind.Call);
        if (work is null)
            return new DecisionResult(DecisionOutcome.Stopped, confirmation);

        var approved = Decided(confirmation, ConfirmationStatus.Approved, decision);
        var tool = await FindAsync(confirmation);
        if (tool is null && finder.WhyMissing(confirmation.ToolName) is { Code: ToolErrorCode.Unavailable } unavailable)
            return new DecisionResult(DecisionOutcome.Unavailable, confirmation, Error: unavailable);
        if (tool is null
            || tool.DefinitionHash != confirmation.DefinitionHash
            || !access.IsAllowed(tool, null))
            return await RefuseChangedAsync(confirmation, approved, decision);

        var asked = new ToolCall(confirmation.CallId, confirmation.ToolName, confirmation.Arguments);
        // An edit is a person's, whoever made the call.
        var arguments = executor.Arguments.Check(tool, asked with { Arguments = decision.Arguments ?? asked.Arguments }, CallOrigin.Api);
        if (arguments.Error is { } invalid)
            return new DecisionResult(DecisionOutcome.InvalidArguments, confirmation, Error: invalid);

        var waiting = await CallOfAsync(confirmation);
        if (!ArgumentReader.AreEqual(arguments.Text, confirmation.Arguments))
        {
            approved = approved with { Arguments = arguments.Text, OriginalArguments = confirmation.Arguments };
            waiting = waiting with { Repairs = arguments.Repairs };
        }

        // Approval and intent are one write: from here on the call is at most run once, whatever happens to this process.
        var started = waiting with { Status = CallStatus.Started, Arguments = arguments.Text, DecidedBy = decision.DecidedBy };
        var result = await executor.RunApprovedAsync(
            tool, arguments.Value, asked, started, () => store.TryDecideAsync(approved, started), context, work, cancellationToken);
        if (result is null)
            return await LostAsync(confirmation, decision);

        logger.ConfirmationDecided(approved.Id, approved.CallId, approved.ToolName, approved.Status, approved.DecidedBy);
        Settled?.Invoke(approved);
        return new DecisionResult(DecisionOutcome.Decided, approved, result);
    }

    /// <summary>Denies what a person approved, since the tool is no longer the one that the person was shown.</summary>
    private async Task<DecisionResult> RefuseChangedAsync(Confirmation confirmation, Confirmation approved, Decision decision)
    {
        var tool = await FindAsync(confirmation);
        var shown = await store.FindDefinitionAsync(confirmation.DefinitionHash, CancellationToken.None);
        var denied = approved with
        {
            Status = ConfirmationStatus.Denied,
            Changes = shown is null ? [] : DefinitionChanges.Between(shown, tool is null ? null : ToolDefinition.Of(tool)),
        };
        var what = tool is null ? "was removed" : tool.DefinitionHash == confirmation.DefinitionHash ? "was forbidden" : "was changed";
        var error = new ToolError(
            ToolErrorCode.NotAllowed, $"'{confirmation.ToolName}' {what} after this call asked for confirmation; it did not run.");
        var result = await SettleAsync(confirmation, denied, error, decision);
        return result is { Outcome: DecisionOutcome.Decided, IsRepeat: false }
            ? result with { Outcome = DecisionOutcome.ToolChanged, Error = error }
            : result;
    }

    private async Task<DecisionResult> SettleAsync(
        Confirmation confirmation, Confirmation settled, ToolError error, Decision? decision = null,
        CallStatus status = CallStatus.Rejected)
    {
        var waiting = await CallOfAsync(confirmation);
        var ended = executor.End(waiting with { DecidedBy = settled.DecidedBy }, status, error);
        if (!await store.TryDecideAsync(settled, ended))
            return await LostAsync(confirmation, decision);

        logger.ConfirmationDecided(settled.Id, settled.CallId, settled.ToolName, settled.Status, settled.DecidedBy);
        Settled?.Invoke(settled);
        return new DecisionResult(DecisionOutcome.Decided, settled, new ToolResult(ended));
    }

    private ValueTask<Tool?> FindAsync(Confirmation confirmation) =>
        finder.FindAsync(confirmation.ToolName, confirmation.TurnId is not null, CancellationToken.None);

    private async Task<CallRecord> CallOfAsync(Confirmation confirmation) =>
        await store.FindAsync(confirmation.CallId, confirmation.Owner, CancellationToken.None)
        ?? throw new InvalidOperationException($"Confirmation {confirmation.Id} has no call in the history.");

    private async Task<DecisionResult> LostAsync(Confirmation confirmation, Decision? decision) =>
        await SettledAsync(await store.FindConfirmationAsync(confirmation.Id, CancellationToken.None) ?? confirmation, decision);

    /// <summary>Answers a decision on a confirmation that does not wait any more.</summary>
    private async Task<DecisionResult> SettledAsync(Confirmation confirmation, Decision? decision)
    {
        if (decision?.IdempotencyKey is { } key && confirmation.DecisionKey == key && confirmation.DecidedBy == decision.DecidedBy)
            return confirmation.DecisionHash == decision.Fingerprint()
                ? await RepeatAsync(confirmation)
                : new DecisionResult(DecisionOutcome.KeyReused, confirmation);

        return new DecisionResult(
            confirmation.Status is ConfirmationStatus.Expired ? DecisionOutcome.Expired : DecisionOutcome.AlreadyDecided, confirmation);
    }

    /// <summary>What became of the same decision before.</summary>
    private async Task<DecisionResult> RepeatAsync(Confirmation confirmation)
    {
        if (confirmation.Elicitation is not null)
            return new DecisionResult(DecisionOutcome.Decided, confirmation, IsRepeat: true);

        var result = new ToolResult(await CallOfAsync(confirmation));
        if (result.Call.Status is CallStatus.Started)
        {
            // It runs, or the process died that ran it: sent again, a call tells which.
            var asked = new ToolCall(confirmation.CallId, confirmation.ToolName, confirmation.OriginalArguments ?? confirmation.Arguments);
            var context = new CallContext(confirmation.Owner, CallOrigin.Api)
            {
                SessionId = confirmation.SessionId,
                TurnId = confirmation.TurnId,
                MayExist = true,
            };
            result = await executor.ExecuteAsync(asked, context, CancellationToken.None);
        }

        return (confirmation.Status, result.Call.Error) switch
        {
            (ConfirmationStatus.Denied, { Code: ToolErrorCode.NotAllowed } changed) =>
                new DecisionResult(DecisionOutcome.ToolChanged, confirmation, result, changed, IsRepeat: true),
            (_, { Code: ToolErrorCode.Stopped }) => new DecisionResult(DecisionOutcome.Stopped, confirmation),
            _ => new DecisionResult(DecisionOutcome.Decided, confirmation, result, IsRepeat: true),
        };
    }

    private Confirmation Decided(Confirmation confirmation, ConfirmationStatus status, Decision decision) => confirmation with
    {
        Status = status,
        DecidedBy = decision.DecidedBy,
        Reason = decision.Reason,
        DecidedAt = time.GetUtcNow(),
        DecisionKey = decision.IdempotencyKey,
        DecisionHash = decision.IdempotencyKey is null ? null : decision.Fingerprint(),
    };
}
