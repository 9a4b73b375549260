using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ToolService.Core.Execution;
using ToolService.Core.Storage;

namespace ToolService.Core.Tests.Storage;

public class StorageRegistrationTests
{
    [Fact]
    public async Task Host_makes_the_folder_first_and_flushes_last()
    {
        var root = Directory.CreateTempSubdirectory("toolservice-host-");
        try
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Configuration.AddInMemoryCollection([new("Storage:ConnectionString", $"Data Source={root.FullName}/data/own.db;Pooling=false")]);
            builder.Services.AddHostedService<BusyService>();
            builder.Services.AddStorage(builder.Configuration);
            var token = TestContext.Current.CancellationToken;
            using (var host = builder.Build())
            {
                await host.StartAsync(token);
                await host.StopAsync(token);
                var added = host.Services.GetServices<IHostedService>().OfType<BusyService>().Single().Added;
                Assert.All(added, task => Assert.True(task.IsCompletedSuccessfully));
                Assert.Equal(2, added.Count);
            }

            Assert.True(File.Exists(Path.Combine(root.FullName, "data", "own.db")));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Host_does_not_start_when_a_setting_is_wrong()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Storage:ConnectionString", "Password=hunter2")]);
        builder.Services.AddStorage(builder.Configuration);
        using var host = builder.Build();

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("Storage:ConnectionString", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", exception.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Writes as it starts and as it stops.</summary>
    private sealed class BusyService(ICallStore store) : IHostedService
    {
        public List<Task<bool>> Added { get; } = [];

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            Added.Add(store.TryAddAsync(Samples.Call("first")));
            await Added[0];
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            Added.Add(store.TryAddAsync(Samples.Call("last")));
            return Task.CompletedTask;
        }
    }
}
