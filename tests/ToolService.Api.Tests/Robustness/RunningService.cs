namespace ToolService.Api.Tests.Robustness;

/// <summary>One service for all tests of a class: none of them may harm it for the next.</summary>
public sealed class RunningService : IAsyncLifetime
{
    internal TestService Service { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Service = await new TestTools().StartServiceAsync();

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}
