namespace ToolService.Durability;

/// <summary>Kills the service from outside: from a server that it asks, or after so many things that were seen of it.</summary>
internal sealed class Trigger(Action kill)
{
    private readonly Lock _gate = new();
    private KillPoint? _at;
    private int _remaining;
    private bool _armed;
    private bool _fired;

    /// <summary>The service is killed when a server is asked for the n-th time.</summary>
    public void Arm(KillPoint at) => Set(at, at.Occurrence);

    /// <summary>The service is killed after so many answers, events and requests.</summary>
    public void ArmAfter(int events) => Set(null, events);

    /// <summary>Whether it has killed the service since it was armed; it is armed no longer.</summary>
    public bool Disarm()
    {
        lock (_gate)
        {
            var fired = _fired;
            _armed = _fired = false;
            return fired;
        }
    }

    /// <summary>A server was asked; whether the service was killed over it.</summary>
    public bool Passes(string point)
    {
        lock (_gate)
            return (_at is null || _at.Point == point) && Fires() && _at is not null;
    }

    /// <summary>A client was answered.</summary>
    public void Note()
    {
        lock (_gate)
            if (_at is null)
                Fires();
    }

    private void Set(KillPoint? at, int remaining)
    {
        lock (_gate)
            (_at, _remaining, _armed, _fired) = (at, remaining, true, false);
    }

    private bool Fires()
    {
        if (!_armed || --_remaining > 0)
            return false;

        _armed = false;
        _fired = true;
        kill();
        return true;
    }
}
