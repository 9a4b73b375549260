namespace ToolService.Core.Tests.Scheduling;

/// <summary>A clock that moves when it is told to, with one timer on it.</summary>
internal sealed class SteppedTime(DateTimeOffset now) : TimeProvider
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _now = now;
    private Action? _tick;

    public Task TimerStarted => _started.Task;

    public override DateTimeOffset GetUtcNow() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _tick = () => callback(state);
        _started.SetResult();
        return new Unmoved();
    }

    public void Advance(TimeSpan by)
    {
        _now += by;
        _tick!();
    }

    private sealed class Unmoved : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
            // Nothing ticks unless Advance is called.
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
