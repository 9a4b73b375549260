using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ToolService.Core.Conversations.Context;
using ToolService.Core.Execution;

namespace ToolService.Core.Conversations;

/// <summary>Works on turns: those that begin, those whose confirmations were decided, and those that a stop or a crash interrupted.</summary>
internal sealed class TurnRunner : IHostedService, IDisposable
{
    private readonly TurnLoop _loop;
    private readonly TurnFeeds _feeds;
    private readonly TurnReader _turns;
    private readonly ITurnEventStore _events;
    private readonly ITurnEventFormat _format;
    private readonly ConfirmationService _confirmations;
    private readonly EmergencyStop _stop;
    private readonly ConversationOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<TurnRunner> _logger;
    private readonly ConcurrentDictionary<string, TurnRun> _runs = new(StringComparer.Ordinal);
    private readonly Lock _resuming = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenRegistration _onStopping;
    private bool _isAtSuspects;

    public TurnRunner(
        TurnLoop loop, TurnFeeds feeds, TurnReader turns, ITurnEventStore events, ITurnEventFormat format, ConfirmationService confirmations,
        EmergencyStop stop, IHostApplicationLifetime lifetime, IOptions<ConversationOptions> options, TimeProvider time,
        ILogger<TurnRunner> logger)
    {
        (_loop, _feeds, _turns, _events, _format, _confirmations, _stop) = (loop, feeds, turns, events, format, confirmations, stop);
        (_options, _time, _logger) = (options.Value, time, logger);
        _confirmations.Settled += GoOn;
        // Not StopAsync: requests that wait for their turn are let go before the server waits for its requests to end.
        _onStopping = lifetime.ApplicationStopping.Register(_stopping.Cancel);
    }

    /// <summary>Whether the service was told to stop, so that no turn begins.</summary>
    public bool IsStopping => _stopping.IsCancellationRequested;

    /// <summary>Whether the operator has stopped the service, so that no turn begins.</summary>
    public bool IsStopped => _stop.IsStopped;

    /// <summary>The turn at work in this process under this id, if there is one.</summary>
    public TurnRun? Find(string turnId) => _runs.GetValueOrDefault(turnId);

    /// <summary>
    /// Begins a turn, if <paramref name="tryAdd"/> adds it to the store with the events that it is given; null, and nothing runs, if not, or if the
    /// service is stopped.
    /// </summary>
    public async Task<TurnRun?> BeginAsync(
        Turn turn, IReadOnlyList<SessionMessage> messages, SessionContext context, Func<IReadOnlyList<TurnEventRecord>, Task<bool>> tryAdd)
    {
        if (_stop.TryEnter(WorkKind.Turn) is not { } work)
            return null;

        // Before the store knows of the turn: who finds it there finds it at work.
        var run = _runs[turn.Id] = new TurnRun(turn.Id, _feeds.Open(turn.Id), work);
        var log = LogOf(run, TurnLogEnd.Empty);
        var begun = false;
        try
        {
            begun = await log.WriteAsync(tryAdd, new TurnEvent.Started(turn));
        }
        finally
        {
            // Who waits for the turns at work, as a stop does, must not wait for one that never began.
            if (!begun)
            {
                await log.DisposeAsync();
                if (_runs.TryRemove(turn.Id, out _))
                    run.Fail(new InvalidOperationException($"Turn {turn.Id} did not begin."));
            }
        }

        if (!begun)
            return null;
        _ = RunAsync(run, new TurnState(turn, log, messages, [], context), resumed: false);
        return run;
    }

    /// <summary>Goes on with a turn, unless it is at work; the run that is at work on it.</summary>
    /// <param name="turnId">The turn.</param>
    /// <param name="noteDecision">Whether one of its confirmations was decided: a run that is about to wait for it then goes on.</param>
    public TurnRun Resume(string turnId, bool noteDecision = false)
    {
        lock (_resuming)
        {
            if (_runs.TryGetValue(turnId, out var atWork) && (noteDecision ? atWork.TryNoteDecision() : !atWork.IsClosed))
                return atWork;

            var run = Open(turnId);
            _ = ResumeAsync(run);
            return run;
        }
    }

    /// <summary>Stops a turn; the run that ends it. One that nobody works on, as it is queued or waits, does nothing else.</summary>
    public TurnRun Cancel(string turnId)
    {
        lock (_resuming)
        {
            var isAtWork = _runs.TryGetValue(turnId, out var atWork) && !atWork.IsClosed;
            var run = isAtWork ? atWork! : Open(turnId);
            run.Cancel();
            if (!isAtWork)
                _ = ResumeAsync(run);
            return run;
        }
    }

    /// <summary>
    /// Goes on with every turn that was interrupted, or whose work was lost since; not with queued ones. Turns that were interrupted in the same
    /// step before go one after the other, and last: if one of them takes the service down, the others are not blamed for it. While the service
    /// is stopped, turns that wait go on waiting, and the others are ended.
    /// </summary>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        var interrupted = (await _turns.ListInterruptedAsync(stop.Token))
            .Where(turn => turn.Status is not TurnStatus.Queued && Find(turn.Id) is null)
            .Where(turn => !IsStopped || turn.Status is not TurnStatus.AwaitingConfirmation).ToList();
        foreach (var turn in interrupted)
            _logger.TurnResumed(turn.Id, turn.SessionId, turn.Status);

        var suspects = interrupted.Where(turn => turn is { Status: TurnStatus.Running, Attempts: > 1 }).ToList();
        foreach (var turn in interrupted.Except(suspects))
            Resume(turn.Id);
        if (suspects.Count > 0 && Interlocked.CompareExchange(ref _isAtSuspects, true, false) is false)
            _ = OneByOneAsync(suspects);
    }

    Task IHostedService.StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

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

    // Also while the service is stopped: a turn that is worked on then is ended.
    private TurnRun Open(string turnId) => _runs[turnId] = new TurnRun(turnId, _feeds.Open(turnId), _stop.Enter(WorkKind.Turn));

    // Not awaited by whoever recovers: a turn may take long, and others may be lost meanwhile.
    private async Task OneByOneAsync(IReadOnlyList<Turn> suspects)
    {
        foreach (var turn in suspects.TakeWhile(_ => !IsStopping))
            await ((Task)Resume(turn.Id).Completion).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Volatile.Write(ref _isAtSuspects, false);
    }

    private void GoOn(Confirmation settled)
    {
        if (settled is { TurnId: { } turnId, Status: not ConfirmationStatus.Cancelled } && !IsStopping && !IsStopped)
            Resume(turnId, noteDecision: true);
    }

    private async Task ResumeAsync(TurnRun run)
    {
        // Off the caller's path, and out of its lock: SQLite reads on the thread that asks.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        TurnState state;
        TurnLog? log = null;
        try
        {
            var report = await _turns.ReportAsync(run.Id, CancellationToken.None);
            if (report.Turn.HasEnded)
            {
                Leave(run, report);
                return;
            }

            log = LogOf(run, await _events.FindEndAsync(run.Id, CancellationToken.None));
            var messages = await _turns.MessagesAsync(report.Turn, CancellationToken.None);
            var context = await _turns.ContextAsync(report.Turn, CancellationToken.None);
            state = new TurnState(GoingOn(report.Turn), log, messages, report.Calls, context);
            if (log.IsEmpty)
                log.Publish(new TurnEvent.Started(state.Turn));
            if (report.Turn.Status is TurnStatus.Running)
                log.Publish(TurnEvent.Notice.Resumed);
        }
        catch (Exception e)
        {
            await FailAsync(run, log, e);
            return;
        }

        await RunAsync(run, state, resumed: true);
    }

    /// <summary>The turn as it is gone on with: time in which nobody worked on it does not count.</summary>
    private Turn GoingOn(Turn turn) => turn with
    {
        Status = TurnStatus.Running,
        Attempts = turn.Attempts + 1,
        Deadline = turn.Deadline + (_time.GetUtcNow() - turn.UpdatedAt),
    };

    private async Task RunAsync(TurnRun run, TurnState state, bool resumed)
    {
        // Off the caller's path: what it awaits is the beginning, not the turn.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var scope = _logger.TurnScope(run.Id, state.Turn.SessionId);
        try
        {
            var report = await WorkAsync(run, state, resumed);
            _logger.TurnLeft(run.Id, report.Turn.SessionId, report.Turn.Status, report.Turn.Reason, report.Turn.Rounds, report.Turn.ToolCalls);
            await state.Log.DisposeAsync();
            Leave(run, report);
        }
        catch (Exception e)
        {
            // Not even the failure could be written. The turn stays unfinished in the store, and is gone on with later.
            await FailAsync(run, state.Log, e);
        }
    }

    private async Task<TurnReport> WorkAsync(TurnRun run, TurnState state, bool resumed)
    {
        try
        {
            if (!resumed)
                return await _loop.RunAsync(run, state, resumed, _stopping.Token);
            if (state.Turn.Attempts > _options.MaxAttempts)
            {
                _logger.TurnGivenUp(run.Id, state.Turn.SessionId, state.Turn.Attempts - 1);
                return await _loop.EndAsync(state, TurnEnd.GivenUp(state.Turn.Attempts - 1));
            }

            // Counted before the work begins, or a turn that takes the service down would never be given up.
            await _loop.SaveAsync(state);
            return await _loop.RunAsync(run, state, resumed, _stopping.Token);
        }
        catch (Exception e)
        {
            var incident = Guid.CreateVersion7().ToString("N");
            _logger.TurnFailed(e, run.Id, state.Turn.SessionId, incident);
            return await _loop.EndAsync(state, TurnEnd.InternalError(incident));
        }
    }

    private void Leave(TurnRun run, TurnReport report)
    {
        _runs.TryRemove(KeyValuePair.Create(run.Id, run));
        run.Complete(report);
    }

    private async Task FailAsync(TurnRun run, TurnLog? log, Exception exception)
    {
        _logger.TurnLost(exception, run.Id);
        if (log is not null)
            await log.DisposeAsync();
        _runs.TryRemove(KeyValuePair.Create(run.Id, run));
        run.Fail(exception);
    }

    private TurnLog LogOf(TurnRun run, TurnLogEnd end) => new(run.Id, end, _events, _format, run.Feed, _time, _logger);
}
