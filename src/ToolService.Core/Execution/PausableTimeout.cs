namespace ToolService.Core.Execution;

/// <summary>A time limit that does not run while somebody is asked. Any number of pauses may overlap.</summary>
internal sealed class PausableTimeout : IDisposable
{
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _expiry;
    private readonly Lock _lock = new();
    private TimeSpan _left;
    private long _runningSince;
    private int _pauses;

    public PausableTimeout(TimeSpan limit, TimeProvider time)
    {
        (_time, _left, _runningSince) = (time, limit, time.GetTimestamp());
        _expiry = new CancellationTokenSource(limit, time);
    }

    /// <summary>Is cancelled when the time is up.</summary>
    public CancellationToken Token => _expiry.Token;

    /// <summary>Stops the clock until the returned value is disposed.</summary>
    public IDisposable Pause()
    {
        lock (_lock)
        {
            if (_pauses++ == 0)
            {
                _left -= _time.GetElapsedTime(_runningSince);
                TrySet(Timeout.InfiniteTimeSpan);
            }
        }

        return new Resumption(this);
    }

    public void Dispose() => _expiry.Dispose();

    private void Resume()
    {
        lock (_lock)
        {
            if (--_pauses > 0)
                return;

            _runningSince = _time.GetTimestamp();
            TrySet(_left > TimeSpan.Zero ? _left : TimeSpan.Zero);
        }
    }

    // The attempt may be over, and this with it, before a tool that was given up hears its answer.
    private void TrySet(TimeSpan delay)
    {
        try
        {
            _expiry.CancelAfter(delay);
        }
        catch (ObjectDisposedException)
        {
        }
    }

    private sealed class Resumption(PausableTimeout timeout) : IDisposable
    {
        private PausableTimeout? _timeout = timeout;

        public void Dispose() => Interlocked.Exchange(ref _timeout, null)?.Resume();
    }
}
