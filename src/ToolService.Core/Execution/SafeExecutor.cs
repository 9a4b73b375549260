using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ToolService.Core.Tools;

namespace ToolService.Core.Execution;

/// <summary>
/// The one door through which any tool runs: checks the call, asks for confirmation where it must, records it, runs it, records the outcome.
/// Never throws for a tool's or a caller's fault: those are results. A fault of the store is thrown, since then nothing can be promised.
/// </summary>
public sealed class SafeExecutor : IDisposable
{
    private readonly ToolRegistry _registry;
    private readonly ToolFinder _finder;
    private readonly ToolAccess _access;
    private readonly ICallStore _store;
    private readonly EmergencyStop _stop;
    private readonly ToolRunner _runner;
    private readonly ExecutionOptions _options;
    private readonly CallRecords _records;
    private readonly ILogger<SafeExecutor> _logger;
    private readonly InFlightCalls _inFlight = new();

    /// <summary>Stands around every call.</summary>
    public SafeExecutor(
        ToolRegistry registry,
        ToolFinder finder,
        ToolAccess access,
        ICallStore store,
        EmergencyStop stop,
        Elicitations elicitations,
        IHostApplicationLifetime lifetime,
        IOptions<ExecutionOptions> options,
        TimeProvider time,
        ILogger<SafeExecutor> logger)
    {
        (_registry, _finder, _access, _store, _stop) = (registry, finder, access, store, stop);
        (_options, _logger) = (options.Value, logger);
        _records = new CallRecords(time, logger);
        Arguments = new ArgumentCheck(_options.Arguments, _options.Repair);
        _runner = new ToolRunner(_options, elicitations, time, lifetime, logger);
    }

    /// <summary>What arguments must satisfy.</summary>
    internal ArgumentCheck Arguments { get; }

    /// <summary>Runs a call, or answers what the history has of it where its id was used before.</summary>
    /// <param name="call">The call, unchecked.</param>
    /// <param name="context">Who calls.</param>
    /// <param name="cancellationToken">Stops the tool; the result then says <see cref="CallStatus.Cancelled"/>.</param>
    public Task<ToolResult> ExecuteAsync(ToolCall call, CallContext context, CancellationToken cancellationToken = default) =>
        OnceAsync(call, context.Owner, () => context.MayExist ? FindOrRunAsync(call, context, cancellationToken) : RunAsync(call, context, cancellationToken));

    /// <summary>Runs calls in parallel, bounded by <c>Execution:MaxParallelPerBatch</c>. There is exactly one result per call, in their order.</summary>
    /// <param name="calls">The calls.</param>
    /// <param name="onResult">Hears of each result as it is there, from any thread.</param>
    /// <param name="cancellationToken">Stops the tools.</param>
    public async Task<IReadOnlyList<ToolResult>> ExecuteAllAsync(
        IReadOnlyList<(ToolCall Call, CallContext Context)> calls, Action<ToolResult>? onResult = null, CancellationToken cancellationToken = default)
    {
        var results = new ToolResult[calls.Count];
        if (calls.Count == 1)
        {
            await RunAsync(0);
            return results;
        }

        // The token is not given to the loop: each call answers for itself that it was cancelled.
        await Parallel.ForAsync(
            0, calls.Count, new ParallelOptions { MaxDegreeOfParallelism = _options.MaxParallelPerBatch }, (index, _) => RunAsync(index));
        return results;

        async ValueTask RunAsync(int index)
        {
            results[index] = await ExecuteAsync(calls[index].Call, calls[index].Context, cancellationToken);
            onResult?.Invoke(results[index]);
        }
    }

    /// <summary>What the model reads of a call that has ended, bounded as the tool's policy or <c>Execution:MaxResultCharacters</c> says.</summary>
    public string TextForModel(ToolResult result) =>
        ResultText.ForModel(
            result.Call, _registry.Current.FindInTurn(result.Call.ToolName)?.Policy.MaxResultCharacters ?? _options.MaxResultCharacters);

    /// <summary>Records a call as refused for a reason that its caller found, such as a turn's limit.</summary>
    public Task<ToolResult> RefuseAsync(ToolCall call, CallContext context, ToolError error) => RefuseAsync(call, context, error, null);

    /// <inheritdoc/>
    public void Dispose() => _runner.Dispose();

    /// <summary>Runs a call that a person approved, if the approval can be written; null, and nothing runs, when another decision came first.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="arguments">The arguments that were approved.</param>
    /// <param name="asked">The call as it was asked for: who sends it again meanwhile waits for this run.</param>
    /// <param name="started">The record that the approval writes, with the approved arguments.</param>
    /// <param name="tryApprove">Writes approval and record together.</param>
    /// <param name="context">Who hears of its progress and answers its questions; null for nobody.</param>
    /// <param name="work">What a stop of the service ends.</param>
    /// <param name="cancellationToken">Stops the tool.</param>
    internal async Task<ToolResult?> RunApprovedAsync(
        Tool tool, JsonElement arguments, ToolCall asked, CallRecord started, Func<Task<bool>> tryApprove, CallContext? context,
        StoppableWork work, CancellationToken cancellationToken)
    {
        var approved = false;
        var result = await _inFlight.RunAloneAsync(
            asked,
            started.Owner,
            async () =>
            {
                // Within the call's turn: a record that says 'started' while nothing runs would be taken for a crash.
                approved = await tryApprove();
                return approved
                    ? await RunAndRecordAsync(
                        tool, arguments, asked with { Arguments = started.Arguments }, started, context, journaled: true, work, cancellationToken)
                    : new ToolResult(await _store.FindAsync(asked.Id, started.Owner, CancellationToken.None) ?? started);
            });
        return approved ? result : null;
    }

    /// <summary>The record of a call that has ended this way.</summary>
    internal CallRecord End(CallRecord call, CallStatus status, ToolError error) => _records.End(call, status, error);

    /// <summary>Answers a turn's call with the result of another one of the turn that asked for the same: the tool does not run.</summary>
    internal async Task<ToolResult> ReuseAsync(ToolCall call, CallContext context, CheckedArguments arguments, CallRecord source)
    {
        var reused = _records.Reused(call, context, arguments, source);
        return await _store.TryAddAsync(reused) ? _records.Ended(reused) : await FindOrRunAsync(call, context, CancellationToken.None);
    }

    private async Task<ToolResult> OnceAsync(ToolCall call, string owner, Func<Task<ToolResult>> run)
    {
        while (true)
        {
            var (first, result) = _inFlight.Join(call, owner, run);
            if (ReferenceEquals(first, call) || Arguments.AreSame(first, call, _registry.Current))
                return await result;
            // The one at work may itself be the one that took another call's id: then the history has this one.
            if (await _store.FindAsync(call.Id, owner, CancellationToken.None) is not { } known || !await IsSameAsync(known, call))
                return Conflict(call, owner);

            await ((Task)result).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<ToolResult> FindOrRunAsync(ToolCall call, CallContext context, CancellationToken cancellationToken) =>
        await _store.FindAsync(call.Id, context.Owner, CancellationToken.None) is { } known
            ? await ReplayAsync(known, call, context, cancellationToken)
            : await RunAsync(call, context, cancellationToken);

    private async Task<ToolResult> RunAsync(ToolCall call, CallContext context, CancellationToken cancellationToken)
    {
        using var work = _stop.TryEnter(WorkKind.Call);
        if (work is null)
            return await RefuseStoppedAsync(call, context, null);
        if (await FindAsync(call, context, work, cancellationToken) is not { } tool)
            return await RefuseMissingAsync(call, context, work, cancellationToken);
        if (!_access.IsAllowed(tool, context.Tools))
            return await RefuseAsync(call, context, ToolErrors.NotAllowed(tool.Name), tool);
        var arguments = Arguments.Check(tool, call, context.Origin);
        if (arguments.Error is { } invalid)
            return await RefuseAsync(call, context, invalid, tool);

        var draft = _records.Draft(call, context, arguments.Text, tool) with { Repairs = arguments.Repairs };
        if (tool.Policy.RequiresConfirmation)
            return await SuspendAsync(tool, draft, call, context);
        if (tool.Policy.ReadOnly)
            return await RunAndRecordAsync(tool, arguments.Value, call, draft, context, journaled: false, work, cancellationToken);

        return await _store.TryAddAsync(draft)
            ? await RunAndRecordAsync(tool, arguments.Value, call, draft, context, journaled: true, work, cancellationToken)
            : await FindOrRunAsync(call, context, cancellationToken);
    }

    private async ValueTask<Tool?> FindAsync(ToolCall call, CallContext context, StoppableWork work, CancellationToken cancellationToken)
    {
        var inTurn = context.Origin is CallOrigin.Chat;
        if (_finder.FindLoaded(call.ToolName, inTurn) is { } tool)
            return tool;

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, work.Token);
        return await _finder.FindAsync(call.ToolName, inTurn, either.Token);
    }

    /// <summary>Nobody knows whether a source has a tool that was still being reached when the caller left: the call is cancelled then.</summary>
    private Task<ToolResult> RefuseMissingAsync(ToolCall call, CallContext context, StoppableWork work, CancellationToken cancellationToken)
    {
        if (work.IsStopped)
        {
            work.NoteStopped();
            return RefuseAsync(call, context, ToolErrors.StoppedInQueue, null, CallStatus.Cancelled);
        }

        return cancellationToken.IsCancellationRequested
            ? RefuseAsync(call, context, ToolErrors.CancelledInQueue, null, CallStatus.Cancelled)
            : RefuseAsync(call, context, _finder.WhyMissing(call.ToolName));
    }

    private async Task<ToolResult> SuspendAsync(Tool tool, CallRecord draft, ToolCall call, CallContext context)
    {
        var confirmation = new Confirmation
        {
            Id = Ids.NewConfirmation(),
            Owner = context.Owner,
            CallId = call.Id,
            ToolName = tool.Name,
            Arguments = draft.Arguments,
            DefinitionHash = tool.DefinitionHash,
            SessionId = context.SessionId,
            TurnId = context.TurnId,
            Status = ConfirmationStatus.Pending,
            CreatedAt = draft.CreatedAt,
            ExpiresAt = draft.CreatedAt + _options.ConfirmationLifetime,
        };
        var waiting = draft with { Status = CallStatus.ConfirmationRequired, ConfirmationId = confirmation.Id };
        return await _store.TryAddAsync(waiting, confirmation, ToolDefinition.Of(tool))
            ? new ToolResult(waiting, confirmation)
            : await FindOrRunAsync(call, context, CancellationToken.None);
    }

    private async Task<ToolResult> RunAndRecordAsync(
        Tool tool, JsonElement arguments, ToolCall call, CallRecord draft, CallContext? context, bool journaled, StoppableWork work,
        CancellationToken cancellationToken)
    {
        var outcome = await _runner.RunAsync(tool, arguments, draft, context, work, cancellationToken);
        if (outcome.Status is CallStatus.Cancelled && work.IsStopped)
            work.NoteStopped();
        var ended = _records.End(draft, outcome);
        if (journaled)
        {
            if (!await _store.TryUpdateAsync(ended, CallStatus.Started))
                _logger.OutcomeNotRecorded(ended.CallId, ended.ToolName, ended.Status);
            return _records.Ended(ended);
        }

        if (await _store.TryAddAsync(ended))
            return _records.Ended(ended);

        // A read-only call whose id was used in the meantime: the first outcome stands.
        var first = await _store.FindAsync(call.Id, draft.Owner, CancellationToken.None);
        return first is not null && await IsSameAsync(first, call) ? new ToolResult(first) : Conflict(call, draft.Owner);
    }

    /// <summary>Answers a call whose id is in the history. Nothing runs twice, unless that is harmless.</summary>
    private async Task<ToolResult> ReplayAsync(CallRecord known, ToolCall call, CallContext context, CancellationToken cancellationToken)
    {
        // Ids in a turn are the service's own. Its calls stay the same ones where the tool that their repair went by is another one now.
        var isOfThisTurn = context.TurnId is not null && known.TurnId == context.TurnId;
        if (!isOfThisTurn && !await IsSameAsync(known, call))
            return Conflict(call, context.Owner);

        switch (known.Status)
        {
            case CallStatus.ConfirmationRequired:
                return new ToolResult(known, await _store.FindConfirmationAsync(known.ConfirmationId!, CancellationToken.None));
            case CallStatus.Started or CallStatus.Rejected when await MayStartAgainAsync(known) is { } tool
                                                                 && _access.IsAllowed(tool, context.Tools)
                                                                 && Arguments.Check(tool, known.Arguments, repairs: false) is { Error: null } arguments:
                return await StartAgainAsync(tool, arguments.Value, call, known, context, cancellationToken);
            case CallStatus.Started:
                // It is not at work in this process, or OnceAsync would have answered: the process that started it is gone.
                var lost = _records.End(known, CallStatus.OutcomeUnknown, ToolErrors.OutcomeUnknown(known.ToolName));
                return await _store.TryUpdateAsync(lost, CallStatus.Started) ? _records.Ended(lost) : await FindOrRunAsync(call, context, cancellationToken);
            default:
                return new ToolResult(known);
        }
    }

    /// <summary>The tool, where a call that has no outcome may be started again: it is harmless, or the call was only told to come back.</summary>
    private async Task<Tool?> MayStartAgainAsync(CallRecord known)
    {
        // Also for a caller that leaves: a call whose tool could not be looked at would be written off as one with an unknown outcome.
        var tool = await _finder.FindAsync(known.ToolName, known.Origin is CallOrigin.Chat, CancellationToken.None);
        var harmless = known.Status is CallStatus.Started && tool is { Policy.MayRunAgain: true };
        // Not in a turn: its watchers and its model were told, and the model asks again if it wants to.
        var refusedForNow = known is { TurnId: null, Status: CallStatus.Rejected, Error.Code: ToolErrorCode.Unavailable }
            && (tool is { Policy.RequiresConfirmation: false } || known.DecidedBy is not null);
        return harmless || refusedForNow ? tool : null;
    }

    private async Task<ToolResult> StartAgainAsync(
        Tool tool, JsonElement arguments, ToolCall call, CallRecord known, CallContext context, CancellationToken cancellationToken)
    {
        using var work = _stop.TryEnter(WorkKind.Call);
        if (work is null)
            return await RefuseStoppedAsync(call, context, known);

        var started = known with { Status = CallStatus.Started, Error = null, CompletedAt = null };
        return await _store.TryUpdateAsync(started, known.Status)
            ? await RunAndRecordAsync(tool, arguments, call, started, context, journaled: true, work, cancellationToken)
            : await FindOrRunAsync(call, context, cancellationToken);
    }

    private async Task<ToolResult> RefuseAsync(
        ToolCall call, CallContext context, ToolError error, Tool? tool, CallStatus status = CallStatus.Rejected)
    {
        var refused = _records.End(_records.Draft(call, context, Arguments.ForRecord(call.Arguments), tool), status, error);
        return await _store.TryAddAsync(refused) ? _records.Ended(refused) : await FindOrRunAsync(call, context, CancellationToken.None);
    }

    /// <summary>
    /// Answers a call that may not begin because the service is stopped. Nothing is written for a client, whose call id stays free for later.
    /// A turn's call is recorded: it is not asked for again, since the turn ends.
    /// </summary>
    private async Task<ToolResult> RefuseStoppedAsync(ToolCall call, CallContext context, CallRecord? known)
    {
        if (context.Origin is not CallOrigin.Chat)
        {
            var refused = known ?? _records.Draft(call, context, Arguments.ForRecord(call.Arguments), null);
            return _records.Ended(_records.End(refused, CallStatus.Rejected, ToolErrors.Stopped(_stop.State)));
        }

        if (known is { Status: not CallStatus.Started })
            return new ToolResult(known);

        var ended = known is null
            ? _records.End(_records.Draft(call, context, Arguments.ForRecord(call.Arguments), null), CallStatus.Cancelled, ToolErrors.StoppedInQueue)
            : _records.End(known, CallStatus.OutcomeUnknown, ToolErrors.OutcomeUnknown(known.ToolName));
        var written = known is null ? await _store.TryAddAsync(ended) : await _store.TryUpdateAsync(ended, CallStatus.Started);
        return written ? _records.Ended(ended) : await FindOrRunAsync(call, context, CancellationToken.None);
    }

    private ToolResult Conflict(ToolCall call, string owner) => new(_records.End(
        _records.Draft(call, new CallContext(owner, CallOrigin.Api), Arguments.ForRecord(call.Arguments), null),
        CallStatus.Rejected, ToolErrors.Conflict));

    private async Task<bool> IsSameAsync(CallRecord known, ToolCall call)
    {
        if (known.ToolName != ToolErrors.Shorten(call.ToolName))
            return false;

        var asRun = Arguments.AsRun(call, _registry.Current);
        if (ArgumentReader.AreEqual(known.Arguments, Arguments.ForRecord(call.Arguments)) || ArgumentReader.AreEqual(known.Arguments, asRun))
            return true;

        // The person who approved may have edited the arguments: the call is then still the one that asked for the original ones.
        return known.ConfirmationId is { } id
            && await _store.FindConfirmationAsync(id, CancellationToken.None) is { OriginalArguments: { } original }
            && ArgumentReader.AreEqual(original, asRun);
    }
}
