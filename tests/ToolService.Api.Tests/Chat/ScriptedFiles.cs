using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ToolService.Api.Tests.Chat;

/// <summary>A server on a free port of 127.0.0.1 that answers every request with one file.</summary>
internal sealed class ScriptedFiles : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ScriptedFiles(WebApplication app) => _app = app;

    /// <summary>Where it listens, with a slash at the end.</summary>
    public string Address => $"{_app.Urls.First()}/";

    public static async Task<ScriptedFiles> StartAsync(string contentType, byte[] body)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapGet("/{**path}", () => Results.Bytes(body, contentType));
        await app.StartAsync();
        return new ScriptedFiles(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
