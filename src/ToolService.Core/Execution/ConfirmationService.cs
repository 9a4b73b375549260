using Microsoft.Extensions.Logging;
using ToolService.Core.Tools;

namespace ToolService.Core.Execution;

/// <summary>
/// Takes people's decisions. The first one wins, a late one is refused, and an approval holds for exactly the call that the person was shown.
/// </summary>
public sealed class ConfirmationService(
    ICallStore store, SafeExecutor executor, EmergencyStop stop, ToolRegistry registry, ToolAccess access, TimeProvider time,
    ILogger<ConfirmationService> logger)
{
    /// <summary>A confirmation no longer waits, and its call has ended. Handlers must not take long: they hand work over.</summary>
    public event Action<Confirmation>? Settled;

    /// <summary>Decides: an approval runs the call, and the result is in the answer.</summary>
    /// <param name="confirmation">The confirmation as it was read.</param>
    /// <param name="decision">What was decided.</param>
    /// <param name="cancellationToken">Stops the call that runs.</param>
    public async Task<DecisionResult> DecideAsync(Confirmation confirmation, Decision decision, CancellationToken cancellationToken)
    {
        if (confirmation.Status is not ConfirmationStatus.Pending)
            return AlreadySettled(confirmation);
        if (await ExpireAsync(confirmation) is { } expired)
            return new DecisionResult(DecisionOutcome.Expired, expired);

        return decision.Approve
            ? await ApproveAsync(confirmation, decision, cancellationToken)
            : await SettleAsync(confirmation, Decided(confirmation, ConfirmationStatus.Denied, decision), ToolErrors.Denied(decision.Reason));
    }

    /// <summary>Settles a confirmation whose time is up; null when it is not up.</summary>
    public async Task<Confirmation?> ExpireAsync(Confirmation confirmation)
    {
        if (time.GetUtcNow() < confirmation.ExpiresAt)
            return null;

        var expired = confirmation with { Status = ConfirmationStatus.Expired, DecidedAt = time.GetUtcNow() };
        return (await SettleAsync(confirmation, expired, ToolErrors.Expired)).Confirmation;
    }

    /// <summary>Settles what a cancelled turn was waiting for.</summary>
    public Task WithdrawAsync(Confirmation confirmation) =>
        SettleAsync(
            confirmation, confirmation with { Status = ConfirmationStatus.Cancelled, DecidedAt = time.GetUtcNow() }, ToolErrors.CancelledInQueue, CallStatus.Cancelled);

    private async Task<DecisionResult> ApproveAsync(Confirmation confirmation, Decision decision, CancellationToken cancellationToken)
    {
        using var work = stop.TryEnter(WorkKind.Call);
        if (work is null)
            return new DecisionResult(DecisionOutcome.Stopped, confirmation);

        var approved = Decided(confirmation, ConfirmationStatus.Approved, decision);
        if (registry.Current.Find(confirmation.ToolName) is not { } tool
            || tool.DefinitionHash != confirmation.DefinitionHash
            || !access.IsAllowed(tool.Name))
        {
            var error = new ToolError(
                ToolErrorCode.NotAllowed, $"'{confirmation.ToolName}' was changed, removed or forbidden after this call asked for confirmation; it did not run.");
            var denied = await SettleAsync(confirmation, approved with { Status = ConfirmationStatus.Denied }, error);
            return denied.Outcome is DecisionOutcome.Decided ? denied with { Outcome = DecisionOutcome.ToolChanged, Error = error } : denied;
        }

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
            tool, arguments.Value, asked, started, () => store.TryDecideAsync(approved, started), work, cancellationToken);
        if (result is null)
            return await LostAsync(confirmation);

        logger.ConfirmationDecided(approved.Id, approved.CallId, approved.ToolName, approved.Status, approved.DecidedBy);
        Settled?.Invoke(approved);
        return new DecisionResult(DecisionOutcome.Decided, approved, result);
    }

    private async Task<DecisionResult> SettleAsync(
        Confirmation confirmation, Confirmation settled, ToolError error, CallStatus status = CallStatus.Rejected)
    {
        var waiting = await CallOfAsync(confirmation);
        var ended = executor.End(waiting with { DecidedBy = settled.DecidedBy }, status, error);
        if (!await store.TryDecideAsync(settled, ended))
            return await LostAsync(confirmation);

        logger.ConfirmationDecided(settled.Id, settled.CallId, settled.ToolName, settled.Status, settled.DecidedBy);
        Settled?.Invoke(settled);
        return new DecisionResult(DecisionOutcome.Decided, settled, new ToolResult(ended));
    }

    private async Task<CallRecord> CallOfAsync(Confirmation confirmation) =>
        await store.FindAsync(confirmation.CallId, confirmation.Owner, CancellationToken.None)
        ?? throw new InvalidOperationException($"Confirmation {confirmation.Id} has no call in the history.");

    private async Task<DecisionResult> LostAsync(Confirmation confirmation) =>
        AlreadySettled(await store.FindConfirmationAsync(confirmation.Id, CancellationToken.None) ?? confirmation);

    private static DecisionResult AlreadySettled(Confirmation confirmation) =>
        new(confirmation.Status is ConfirmationStatus.Expired ? DecisionOutcome.Expired : DecisionOutcome.AlreadyDecided, confirmation);

    private Confirmation Decided(Confirmation confirmation, ConfirmationStatus status, Decision decision) =>
        confirmation with { Status = status, DecidedBy = decision.DecidedBy, Reason = decision.Reason, DecidedAt = time.GetUtcNow() };
}
