using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ToolService.Core.Conversations.Callbacks;
using ToolService.Core.Execution;
using ToolService.Core.Scheduling;
using ToolService.Core.Tests.Storage;

namespace ToolService.Core.Tests.Scheduling;

/// <summary>The real scheduler in a host of its own, on a test's database and clock.</summary>
internal sealed class RunningSchedule : IAsyncDisposable
{
    private readonly IHost _host;

    private RunningSchedule(IHost host) => _host = host;

    public static async Task<RunningSchedule> StartAsync(TestDatabase database, TimeProvider time, TimeSpan? retention)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(time).AddSingleton(database.Calls).AddSingleton(database.Conversations)
            .AddSingleton(database.Services.GetRequiredService<ICallbackStore>())
            .AddSingleton(database.Services.GetRequiredService<IServiceStateStore>())
            .AddSingleton<EmergencyStop>()
            .AddScheduling(_ => retention);
        var schedule = new RunningSchedule(builder.Build());
        await schedule._host.StartAsync(TestContext.Current.CancellationToken);
        return schedule;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
