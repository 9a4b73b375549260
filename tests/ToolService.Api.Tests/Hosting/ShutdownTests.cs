using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ToolService.Api.Hosting;

namespace ToolService.Api.Tests.Hosting;

public sealed class ShutdownTests : IDisposable
{
    private const string Head =
        "POST /v1/chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" +
        "Content-Length: 100\r\nExpect: 100-continue\r\n\r\n";

    private readonly RecordingLogs _logs = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_that_does_not_end_in_time_is_cut_off_without_an_error()
    {
        using Socket client = new(SocketType.Stream, ProtocolType.Tcp);
        var exit = await RunAsync(
            async address =>
            {
                var buffer = new byte[100];
                await client.ConnectAsync(address.Host, address.Port, Cancellation);
                await client.SendAsync(Encoding.ASCII.GetBytes(Head), Cancellation);
                // The service says that it waits for the body, which never comes.
                var read = await client.ReceiveAsync(buffer, Cancellation);
                Assert.StartsWith("HTTP/1.1 100", Encoding.ASCII.GetString(buffer, 0, read), StringComparison.Ordinal);
            });

        Assert.Equal(0, exit);
        Assert.DoesNotContain(_logs.Entries, entry => entry.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task Stop_that_takes_too_long_is_a_line_in_the_log_and_a_clean_exit()
    {
        var exit = await RunAsync(_ => Task.CompletedTask, builder => builder.Services.AddHostedService<Endless>());

        Assert.Equal(0, exit);
        Assert.Contains("What had not ended within Server:ShutdownTimeout was cut off", _logs.Entries.Select(entry => entry.Message));
    }

    public void Dispose() => _logs.Dispose();

    /// <summary>Runs the service with half a second to stop in; its exit code.</summary>
    private async Task<int> RunAsync(Func<Uri, Task> meanwhile, Action<WebApplicationBuilder>? customize = null)
    {
        using TemporaryFolder folder = new();
        string[] args =
        [
            "--urls=http://127.0.0.1:0", "--Server:ShutdownTimeout=00:00:00.500", "--Execution:ShutdownGrace=00:00:00",
            $"--Storage:ConnectionString=Data Source={Path.Combine(folder.Path, "toolservice.db")}",
        ];
        TaskCompletionSource started = new();
        WebApplication? app = null;
        var exit = ServiceHost.RunAsync(() =>
        {
            app = Program.Create(args, builder =>
            {
                builder.Logging.AddProvider(_logs);
                customize?.Invoke(builder);
            });
            app.Lifetime.ApplicationStarted.Register(started.SetResult);
            return app;
        });
        await started.Task;
        await meanwhile(new Uri(app!.Urls.Single()));
        app.Lifetime.StopApplication();
        return await exit;
    }

    /// <summary>Something that does not end before the time is up.</summary>
    private sealed class Endless : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
    }
}
