using Microsoft.Extensions.Hosting;

namespace ToolService.Core.Execution;

/// <summary>A token that is cancelled some time after the service was told to stop, so that running calls may end by themselves first.</summary>
internal sealed class ShutdownGrace : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenRegistration _registration;
    private ITimer? _timer;

    public ShutdownGrace(IHostApplicationLifetime lifetime, TimeSpan grace, TimeProvider time) =>
        _registration = lifetime.ApplicationStopping.Register(
            () => _timer = time.CreateTimer(_ => _source.Cancel(), null, grace, System.Threading.Timeout.InfiniteTimeSpan));

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _registration.Dispose();
        _timer?.Dispose();
        _source.Dispose();
    }
}
