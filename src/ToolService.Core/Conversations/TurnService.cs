using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ToolService.Core.Execution;
using ToolService.Core.Models;

namespace ToolService.Core.Conversations;

/// <summary>Begins turns, goes on with those that were interrupted or waited, and stops them.</summary>
public sealed class TurnService : IHostedService, IDisposable
{
    private const int AllMessages = int.MaxValue;
    private readonly IConversationStore _store;
    private readonly ICallStore _calls;
    private readonly ModelRegistry _models;
    private readonly TurnLoop _loop;
    private readonly ConfirmationService _confirmations;
    private readonly ConversationOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<TurnService> _logger;
    private readonly ConcurrentDictionary<string, TurnRun> _runs = new(StringComparer.Ordinal);
    private readonly Lock _resuming = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenRegistration _onStopping;

    internal TurnService(
        IConversationStore store, ICallStore calls, ModelRegistry models, TurnLoop loop, ConfirmationService confirmations,
        IHostApplicationLifetime lifetime, IOptions<ConversationOptions> options, TimeProvider time, ILogger<TurnService> logger)
    {
        (_store, _calls, _models, _loop, _confirmations, _options, _time, _logger) = (store, calls, models, loop, confirmations, options.Value, time, logger);
        _confirmations.Settled += GoOn;
        // Not StopAsync: requests that wait for their turn are let go before the server waits for its requests to end.
        _onStopping = lifetime.ApplicationStopping.Register(_stopping.Cancel);
    }

    /// <summary>
    /// Begins a turn. It goes on whether or not anybody watches it. A request whose idempotency key is known gets the turn that has it.
    /// </summary>
    public async Task<TurnStart> StartAsync(TurnRequest request, CancellationToken cancellationToken)
    {
        if (request.IdempotencyKey is { } key && await _store.FindTurnByKeyAsync(key, request.Owner, cancellationToken) is { } begun)
            return await RepeatAsync(begun, request, cancellationToken);
        if (_stopping.IsCancellationRequested)
            return new TurnStart(null, TurnRefusal.Stopping);
        var known = request.SessionId is { } id ? await _store.FindSessionAsync(id, request.Owner, cancellationToken) : null;
        if (request.SessionId is not null && known is null)
            return new TurnStart(null, TurnRefusal.SessionNotFound);
        if (known?.ActiveTurnId is { } active)
            return new TurnStart(null, TurnRefusal.SessionBusy, active);
        if (_models.Find(request.Model ?? known?.Model) is not { } model)
            return new TurnStart(null, TurnRefusal.UnknownModel);

        return await BeginAsync(request, known, model, cancellationToken) ?? await StartAsync(request, cancellationToken);
    }

    /// <summary>The turn at work in this process under this id, if there is one.</summary>
    public TurnRun? FindRun(string turnId) => _runs.GetValueOrDefault(turnId);

    /// <summary>A turn with its calls and what it waits for, as the store has them.</summary>
    public async Task<TurnReport> ReportAsync(Turn turn, CancellationToken cancellationToken)
    {
        var pending = turn.Status is TurnStatus.AwaitingConfirmation
            ? await _calls.ListConfirmationsAsync(null, ConfirmationStatus.Pending, turn.Id, int.MaxValue, null, cancellationToken)
            : [];
        return new TurnReport(turn, await CallsOfAsync(turn, cancellationToken), pending);
    }

    /// <summary>Stops a turn and waits until it has ended. Stopping one that has ended changes nothing.</summary>
    public async Task<TurnReport> CancelAsync(Turn turn, CancellationToken cancellationToken)
    {
        if (turn.HasEnded)
            return await ReportAsync(turn, cancellationToken);

        var run = Resume(turn.Id, noteDecision: false);
        run.Cancel();
        var report = await run.Completion.WaitAsync(cancellationToken);
        // The run may have closed, to wait for a person, just before it was told to stop.
        return report.Turn.HasEnded || _stopping.IsCancellationRequested ? report : await CancelAsync(report.Turn, cancellationToken);
    }

    /// <summary>Goes on with every turn that a stop or a crash interrupted.</summary>
    async Task IHostedService.StartAsync(CancellationToken cancellationToken)
    {
        foreach (var turn in await _store.ListUnfinishedTurnsAsync(cancellationToken))
        {
            _logger.TurnResumed(turn.Id, turn.SessionId, turn.Status);
            Resume(turn.Id, noteDecision: false);
        }
    }

    /// <summary>Waits for the turns at work to come to a point where they can be left.</summary>
    async Task IHostedService.StopAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(_runs.Values.Select(run => (Task)run.Completion)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <inheritdoc/>
    public void Dispose()
    {
        _confirmations.Settled -= GoOn;
        _onStopping.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Begins a turn in the session, or a new one; null when another turn came first, in this session or with this key.</summary>
    private async Task<TurnStart?> BeginAsync(TurnRequest request, Session? known, Model model, CancellationToken cancellationToken)
    {
        var history = known is null ? [] : await _store.ListMessagesAsync(known.Id, 0, AllMessages, cancellationToken);
        var now = _time.GetUtcNow();
        var session = known ?? new Session { Id = Ids.NewSession(), Owner = request.Owner, CreatedAt = now, UpdatedAt = now };
        session = session with { Model = model.Name, SystemPrompt = request.SystemPrompt ?? session.SystemPrompt, UpdatedAt = now };
        var turn = NewTurn(request, session, model, now);
        var message = new SessionMessage(session.MessageCount, turn.Id, new ChatMessage(ChatRole.User, request.Message), now);
        // Before the store knows of the turn: who finds it there finds it at work.
        var run = _runs[turn.Id] = new TurnRun(turn.Id);
        var begun = false;
        try
        {
            begun = await _store.TryBeginTurnAsync(session, turn, message) is null;
        }
        catch (SessionChangedException)
        {
            return null;
        }
        finally
        {
            // Who waits for the turns at work, as a stop does, must not wait for one that never began.
            if (!begun && _runs.TryRemove(turn.Id, out _))
                run.Fail(new InvalidOperationException($"Turn {turn.Id} did not begin."));
        }

        if (!begun)
            return null;
        _ = RunAsync(run, new TurnState(turn, [.. history, message], []), resumed: false);
        return new TurnStart(run);
    }

    /// <summary>The turn that began with the request's key: at work, or as it was left.</summary>
    private async Task<TurnStart> RepeatAsync(Turn begun, TurnRequest request, CancellationToken cancellationToken)
    {
        if (begun.RequestHash != request.Fingerprint())
            return new TurnStart(null, TurnRefusal.KeyReused, begun.Id);
        if (FindRun(begun.Id) is { } atWork)
            return new TurnStart(atWork, IsRepeat: true);

        // It may have been left between the two looks.
        var turn = await _store.FindTurnAsync(begun.Id, request.Owner, cancellationToken) ?? begun;
        return new TurnStart(TurnRun.Left(await ReportAsync(turn, cancellationToken)), IsRepeat: true);
    }

    private void GoOn(Confirmation settled)
    {
        if (settled is { TurnId: { } turnId, Status: not ConfirmationStatus.Cancelled } && !_stopping.IsCancellationRequested)
            Resume(turnId, noteDecision: true);
    }

    private TurnRun Resume(string turnId, bool noteDecision)
    {
        lock (_resuming)
        {
            if (_runs.TryGetValue(turnId, out var atWork) && (noteDecision ? atWork.TryNoteDecision() : !atWork.IsClosed))
                return atWork;

            var run = new TurnRun(turnId);
            _runs[turnId] = run;
            _ = ResumeAsync(run);
            return run;
        }
    }

    private async Task ResumeAsync(TurnRun run)
    {
        TurnState state;
        try
        {
            var turn = await _store.FindTurnAsync(run.Id, null, CancellationToken.None)
                ?? throw new InvalidOperationException($"Turn {run.Id} is not in the store.");
            var calls = await CallsOfAsync(turn, CancellationToken.None);
            if (turn.HasEnded)
            {
                Leave(run, new TurnReport(turn, calls, []));
                return;
            }

            if (turn.Status is TurnStatus.AwaitingConfirmation)
                turn = turn with { Deadline = turn.Deadline + (_time.GetUtcNow() - turn.UpdatedAt) };
            state = new TurnState(turn, await _store.ListMessagesAsync(turn.SessionId, 0, AllMessages, CancellationToken.None), calls);
        }
        catch (Exception e)
        {
            Fail(run, e);
            return;
        }

        await RunAsync(run, state, resumed: true);
    }

    private async Task RunAsync(TurnRun run, TurnState state, bool resumed)
    {
        // Off the caller's path: what it awaits is the beginning, not the turn.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var scope = _logger.TurnScope(run.Id, state.Turn.SessionId);
        try
        {
            var report = await _loop.RunAsync(run, state, resumed, _stopping.Token);
            _logger.TurnLeft(run.Id, report.Turn.SessionId, report.Turn.Status, report.Turn.Reason, report.Turn.Rounds, report.Turn.ToolCalls);
            Leave(run, report);
        }
        catch (Exception e)
        {
            await FailAsync(run, state, e);
        }
    }

    private async Task FailAsync(TurnRun run, TurnState state, Exception exception)
    {
        var incident = Guid.CreateVersion7().ToString("N");
        _logger.TurnFailed(exception, run.Id, state.Turn.SessionId, incident);
        try
        {
            Leave(run, await _loop.EndAsync(state, TurnEnd.InternalError(incident)));
        }
        catch (Exception e)
        {
            // Not even the failure could be written. The turn stays unfinished in the store, and is gone on with at the next start.
            Fail(run, e);
        }
    }

    private void Leave(TurnRun run, TurnReport report)
    {
        _runs.TryRemove(KeyValuePair.Create(run.Id, run));
        run.Complete(report);
    }

    private void Fail(TurnRun run, Exception exception)
    {
        _runs.TryRemove(KeyValuePair.Create(run.Id, run));
        _logger.TurnLost(exception, run.Id);
        run.Fail(exception);
    }

    private async Task<IReadOnlyList<CallRecord>> CallsOfAsync(Turn turn, CancellationToken cancellationToken)
    {
        if (turn.ToolCalls == 0)
            return [];

        var page = await _calls.ListAsync(new CallQuery { TurnId = turn.Id, Limit = turn.ToolCalls }, cancellationToken);
        return [.. page.Calls.OrderBy(call => call.CallId, StringComparer.Ordinal)];
    }

    private Turn NewTurn(TurnRequest request, Session session, Model model, DateTimeOffset now) => new()
    {
        Id = Ids.NewTurn(),
        SessionId = session.Id,
        Owner = request.Owner,
        Status = TurnStatus.Running,
        Model = model.Name,
        Tools = request.Tools,
        SystemPrompt = session.SystemPrompt ?? _options.SystemPrompt,
        IdempotencyKey = request.IdempotencyKey,
        RequestHash = request.IdempotencyKey is null ? null : request.Fingerprint(),
        MaxRounds = Math.Min(request.MaxRounds ?? _options.MaxRounds, _options.MaxRounds),
        CreatedAt = now,
        UpdatedAt = now,
        Deadline = now + _options.Deadline,
    };
}
