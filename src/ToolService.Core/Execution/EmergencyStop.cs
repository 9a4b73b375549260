using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ToolService.Core.Execution;

/// <summary>
/// Stops everything that runs, and lets nothing begin until the operator starts the service again. It outlives the process. Work is let in
/// or refused under the same lock that stops, so nothing begins after a stop that was let in before it without seeing its cancellation.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Neither source nor semaphore has a timer or a handle, and work may outlive this.")]
public sealed class EmergencyStop : IHostedService
{
    /// <summary>How long a stop waits for what it has cancelled, and a change of state for the store.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const string NoReason = "no reason given";

    private readonly IServiceStateStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger<EmergencyStop> _logger;
    private readonly SemaphoreSlim _saving = new(1, 1);
    private readonly Lock _gate = new();
    private readonly int[] _atWork = new int[2];
    private readonly int[] _stopped = new int[2];
    private int _unresponsive;
    private CancellationTokenSource _cancel = new();
    private TaskCompletionSource? _idle;
    private volatile ServiceState _state;
    private ServiceState? _saved;

    /// <summary>A service that runs, until the store is asked at its start.</summary>
    public EmergencyStop(IServiceStateStore store, TimeProvider time, ILogger<EmergencyStop> logger)
    {
        (_store, _time, _logger) = (store, time, logger);
        _state = _saved = new ServiceState(false, time.GetUtcNow());
    }

    /// <summary>The operator has started the service again. Handlers must not take long: they hand work over.</summary>
    public event Action? Started;

    /// <summary>Stopped or not, since when, by whom.</summary>
    public ServiceState State => _state;

    /// <summary>Whether nothing may run.</summary>
    public bool IsStopped => _state.IsStopped;

    /// <summary>How the service stands now.</summary>
    public StopReport Report
    {
        get
        {
            lock (_gate)
            {
                return new StopReport(
                    _state, _stopped[(int)WorkKind.Call], _stopped[(int)WorkKind.Turn], _unresponsive,
                    _atWork[(int)WorkKind.Call], _atWork[(int)WorkKind.Turn], ReferenceEquals(_saved, _state));
            }
        }
    }

    /// <summary>
    /// Stops the service: nothing begins from here on, and what runs is cancelled. When this returns, it has ended, but for what the report
    /// names. It takes effect also where it cannot be saved. A service that is stopped stays so, with its first reason.
    /// </summary>
    /// <param name="by">Who stops it.</param>
    /// <param name="reason">Why, for everybody who is refused.</param>
    public async Task<StopReport> StopAsync(string by, string? reason)
    {
        var ended = Task.WhenAll(Cancel(by, reason), IdleAsync());
        await Task.WhenAll(SaveAsync(), WaitAsync(ended));
        return Report;
    }

    /// <summary>Lets the service run again. One that is not stopped stays as it is.</summary>
    /// <param name="by">Who starts it.</param>
    public async Task<StopReport> StartAsync(string by)
    {
        var started = TryStart(by);
        if (started)
            _logger.ServiceStarted(by);
        await SaveAsync();
        if (started)
            Started?.Invoke();
        return Report;
    }

    /// <summary>Takes over the state that was saved last.</summary>
    async Task IHostedService.StartAsync(CancellationToken cancellationToken)
    {
        if (await _store.FindAsync(cancellationToken) is not { } state)
            return;

        lock (_gate)
            _state = _saved = state;
        if (!state.IsStopped)
            return;

        await _cancel.CancelAsync();
        _logger.ServiceIsStopped(state.Since, state.ChangedBy, state.Reason ?? NoReason);
    }

    /// <summary>Nothing: the process may end.</summary>
    Task IHostedService.StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Lets work in; null, and it may not begin, while the service is stopped.</summary>
    internal StoppableWork? TryEnter(WorkKind kind)
    {
        lock (_gate)
            return _state.IsStopped ? null : EnterLocked(kind);
    }

    /// <summary>Lets work in that is done also while the service is stopped: ending what was begun. Its token is then cancelled.</summary>
    internal StoppableWork Enter(WorkKind kind)
    {
        lock (_gate)
            return EnterLocked(kind);
    }

    internal void Leave(WorkKind kind)
    {
        TaskCompletionSource? idle = null;
        lock (_gate)
        {
            _atWork[(int)kind]--;
            if (_atWork is [0, 0])
                (idle, _idle) = (_idle, null);
        }

        idle?.SetResult();
    }

    internal void NoteStopped(WorkKind kind) => Interlocked.Increment(ref _stopped[(int)kind]);

    internal void NoteUnresponsive() => Interlocked.Increment(ref _unresponsive);

    private StoppableWork EnterLocked(WorkKind kind)
    {
        _atWork[(int)kind]++;
        return new StoppableWork(this, kind, _cancel.Token);
    }

    private Task Cancel(string by, string? reason)
    {
        CancellationTokenSource cancel;
        lock (_gate)
        {
            if (_state.IsStopped)
                return Task.CompletedTask;

            _state = new ServiceState(true, _time.GetUtcNow(), by, reason);
            Array.Clear(_stopped);
            _unresponsive = 0;
            cancel = _cancel;
        }

        _logger.ServiceStopped(by, reason ?? NoReason);
        return cancel.CancelAsync();
    }

    private bool TryStart(string by)
    {
        lock (_gate)
        {
            if (!_state.IsStopped)
                return false;

            _state = new ServiceState(false, _time.GetUtcNow(), by);
            _cancel = new CancellationTokenSource();
            return true;
        }
    }

    private Task IdleAsync()
    {
        lock (_gate)
            return _atWork is [0, 0] ? Task.CompletedTask : (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    private async Task WaitAsync(Task ended)
    {
        await ended.WaitAsync(Patience, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!ended.IsCompleted)
            _logger.StillAtWork(_atWork[(int)WorkKind.Call], _atWork[(int)WorkKind.Turn]);
        else if (ended.Exception is { } thrown)
            _logger.StopThrew(thrown);
    }

    /// <summary>Saves the state as it then is: of a stop and a start that meet, what is saved last is what holds.</summary>
    private async Task SaveAsync()
    {
        if (!await _saving.WaitAsync(Patience))
            return;

        try
        {
            var state = _state;
            if (ReferenceEquals(_saved, state))
                return;

            await _store.SaveAsync(state).WaitAsync(Patience, _time);
            _saved = state;
        }
        catch (Exception e)
        {
            _logger.StateNotSaved(e);
        }
        finally
        {
            _saving.Release();
        }
    }
}
