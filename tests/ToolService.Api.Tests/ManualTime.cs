using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ToolService.Api.Tests;

/// <summary>The system's time, which a test lets jump: timers that are then due run at once, and others as much sooner.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<WeakReference<Timer>> _timers = [];
    private long _offset;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _offset));

    public override long GetTimestamp() =>
        base.GetTimestamp() + (long)(TimeSpan.FromTicks(Interlocked.Read(ref _offset)).TotalSeconds * TimestampFrequency);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        lock (_gate)
        {
            _timers.RemoveAll(known => !known.TryGetTarget(out _));
            _timers.Add(new WeakReference<Timer>(timer));
        }

        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        WeakReference<Timer>[] timers;
        lock (_gate)
        {
            Interlocked.Add(ref _offset, by.Ticks);
            timers = [.. _timers];
        }

        foreach (var known in timers)
            if (known.TryGetTarget(out var timer))
                timer.Jump();
    }

    public void Use(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(this));

    private sealed class Timer : ITimer
    {
        private readonly Lock _gate = new();
        private readonly ManualTime _time;
        private readonly Action _callback;
        private readonly ITimer _inner;
        private DateTimeOffset? _due;
        private TimeSpan _period;

        public Timer(ManualTime time, Action callback)
        {
            (_time, _callback) = (time, callback);
            _inner = System.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public void Jump()
        {
            lock (_gate)
            {
                if (_due is not { } due)
                    return;

                var left = due - _time.GetUtcNow();
                _inner.Change(left < TimeSpan.Zero ? TimeSpan.Zero : left, _period);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_gate)
            {
                _due = dueTime < TimeSpan.Zero ? null : _time.GetUtcNow() + dueTime;
                _period = period;
                return _inner.Change(dueTime, period);
            }
        }

        public void Dispose() => _inner.Dispose();

        public ValueTask DisposeAsync() => _inner.DisposeAsync();

        private void Fire()
        {
            lock (_gate)
                _due = _period > TimeSpan.Zero ? _time.GetUtcNow() + _period : null;
            _callback();
        }
    }
}
