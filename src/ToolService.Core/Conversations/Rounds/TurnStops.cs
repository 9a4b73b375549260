using ToolService.Core.Execution;

namespace ToolService.Core.Conversations.Rounds;

/// <summary>What ends the work on a turn from outside: its client, the operator, its deadline, or the service's own end.</summary>
internal sealed class TurnStops : IDisposable
{
    private readonly TurnRun _run;
    private readonly EmergencyStop _emergency;
    private readonly CancellationToken _stopping;
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationTokenSource _calls;
    private readonly CancellationTokenSource _model;

    /// <param name="run">The turn at work.</param>
    /// <param name="left">How much time it has left.</param>
    /// <param name="emergency">Says why the operator stopped it.</param>
    /// <param name="time">Measures the deadline.</param>
    /// <param name="stopping">Cancelled when the service stops; the turn goes on when it is back.</param>
    public TurnStops(TurnRun run, TimeSpan left, EmergencyStop emergency, TimeProvider time, CancellationToken stopping)
    {
        (_run, _emergency, _stopping) = (run, emergency, stopping);
        _deadline = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        _calls = CancellationTokenSource.CreateLinkedTokenSource(run.Cancelled, run.Stopped, _deadline.Token);
        _model = CancellationTokenSource.CreateLinkedTokenSource(_calls.Token, stopping);
    }

    /// <summary>Ends tools at work: not when the service stops, which lets them finish.</summary>
    public CancellationToken ForCalls => _calls.Token;

    /// <summary>Ends model requests, which are made again when the service is back.</summary>
    public CancellationToken ForModel => _model.Token;

    /// <summary>Whether the service stops.</summary>
    public bool IsStopping => _stopping.IsCancellationRequested;

    /// <summary>How the turn ends, if something has ended it.</summary>
    public TurnEnd? End => _run switch
    {
        { Cancelled.IsCancellationRequested: true } => TurnEnd.Cancelled,
        { Stopped.IsCancellationRequested: true } => TurnEnd.Stopped(_emergency.State),
        _ => _deadline.IsCancellationRequested ? TurnEnd.Deadline : null,
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        _model.Dispose();
        _calls.Dispose();
        _deadline.Dispose();
    }
}
