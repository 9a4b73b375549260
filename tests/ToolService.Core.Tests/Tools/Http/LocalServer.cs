using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ToolService.Core.Tests.Tools.Http;

/// <summary>
/// A real web server on a free port of 127.0.0.1 that answers every request with one handler and remembers what it was asked.
/// </summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<string> _requests = [];

    private LocalServer(WebApplication app, RequestDelegate answer)
    {
        _app = app;
        _app.Run(async context =>
        {
            lock (_requests)
                _requests.Add($"{context.Request.Path}{context.Request.QueryString}");
            await answer(context);
        });
    }

    public Uri Url { get; private set; } = null!;

    /// <summary>The path and query of each request so far.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    public static async Task<LocalServer> StartAsync(RequestDelegate answer, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));

        var server = new LocalServer(builder.Build(), answer);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        var addresses = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        server.Url = new Uri(addresses.Single());
        return server;
    }

    /// <summary>A server that answers each request with this status, type and text.</summary>
    public static Task<LocalServer> StartAsync(string body, string contentType = "application/json", int status = 200) =>
        StartAsync(context => AnswerAsync(context, body, contentType, status));

    /// <summary>A server that sends the start of an answer and then nothing, until its client goes away.</summary>
    public static Task<LocalServer> StartHangingAsync() => StartAsync(async context =>
    {
        context.Response.ContentType = "text/plain";
        await context.Response.WriteAsync("a", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await Task.Delay(Timeout.Infinite, context.RequestAborted);
    });

    public static Task AnswerAsync(HttpContext context, string body, string contentType = "application/json", int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(body, context.RequestAborted);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
