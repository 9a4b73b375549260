using ToolService.Core.Execution;

namespace ToolService.Core.Tests.Execution;

public sealed class PausableTimeoutTests
{
    private readonly FakeTime _time = new();

    [Fact]
    public void Time_is_up_at_its_end()
    {
        using PausableTimeout timeout = new(TimeSpan.FromSeconds(10), _time);

        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(timeout.Token.IsCancellationRequested);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(timeout.Token.IsCancellationRequested);
    }

    [Fact]
    public void Pause_does_not_count()
    {
        using PausableTimeout timeout = new(TimeSpan.FromSeconds(10), _time);
        _time.Advance(TimeSpan.FromSeconds(6));

        using (timeout.Pause())
            _time.Advance(TimeSpan.FromHours(1));
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.False(timeout.Token.IsCancellationRequested);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(timeout.Token.IsCancellationRequested);
    }

    [Fact]
    public void Pauses_may_overlap()
    {
        using PausableTimeout timeout = new(TimeSpan.FromSeconds(10), _time);
        var (first, second) = (timeout.Pause(), timeout.Pause());

        first.Dispose();
        first.Dispose();
        _time.Advance(TimeSpan.FromHours(1));
        Assert.False(timeout.Token.IsCancellationRequested);
        second.Dispose();
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.True(timeout.Token.IsCancellationRequested);
    }
}
