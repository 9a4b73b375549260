using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ToolService.Api.Tests;

/// <summary>
/// The real service, as <see cref="Program"/> puts it together, on a free loopback port and a data folder of its own that goes with it.
/// </summary>
internal sealed class TestService : IAsyncDisposable
{
    // Whatever the machine's environment says, tests talk to no model that costs money.
    private static readonly string[] Isolation = ["--OPENAI_API_KEY=", "--OPENAI_BASE_URL=", "--MODEL_NAME=", "--OTEL_EXPORTER_OTLP_ENDPOINT="];

    private readonly List<HttpClient> _clients = [];
    private readonly string[] _args;
    private readonly Action<WebApplicationBuilder>? _customize;
    private readonly Action<WebApplication>? _map;
    private WebApplication _app;

    private TestService(string dataFolder, string[] args, Action<WebApplicationBuilder>? customize, Action<WebApplication>? map)
    {
        DataFolder = dataFolder;
        (_args, _customize, _map) = (args, customize, map);
        _app = Create();
        Client = new HttpClient();
    }

    /// <summary>Where the store and everything else that outlives a restart lies.</summary>
    public string DataFolder { get; }

    /// <summary>A client of the service, without credentials.</summary>
    public HttpClient Client { get; private set; }

    /// <summary>Where the service listens; another port after a restart.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The service's container.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Starts the service.</summary>
    /// <param name="settings">Settings, as on the command line: <c>["Server:MaxRequestBytes"] = "2048"</c>.</param>
    /// <param name="customize">Changes services, after the service's own are registered.</param>
    /// <param name="map">Maps more endpoints, after the service's own.</param>
    public static async Task<TestService> StartAsync(
        IReadOnlyDictionary<string, string>? settings = null,
        Action<WebApplicationBuilder>? customize = null,
        Action<WebApplication>? map = null)
    {
        var folder = Directory.CreateTempSubdirectory("toolservice-test-").FullName;
        string[] args =
        [
            .. Isolation,
            "--urls=http://127.0.0.1:0",
            "--Logging:LogLevel:Default=Warning",
            $"--Storage:ConnectionString=Data Source={Path.Combine(folder, "toolservice.db")}",
            .. (settings ?? new Dictionary<string, string>()).Select(setting => $"--{setting.Key}={setting.Value}"),
        ];
        TestService service = new(folder, args, customize, map);
        await service.StartAsync();
        return service;
    }

    /// <summary>A client that sends this API key with every request; the caller disposes it.</summary>
    public HttpClient ClientWithKey(string key)
    {
        HttpClient client = new() { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Stops the service as an operator does, and starts it again on the same data.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        _app = Create();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Client.Dispose();
        _clients.ForEach(client => client.Dispose());
        Directory.Delete(DataFolder, recursive: true);
    }

    private WebApplication Create()
    {
        var app = Program.Create(_args, _customize);
        _map?.Invoke(app);
        return app;
    }

    private async Task StartAsync()
    {
        await _app.StartAsync();
        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Address = new Uri(addresses.Single());
        // The one before may still be reading what the service answered as it stopped.
        _clients.Add(Client);
        Client = new HttpClient { BaseAddress = Address };
    }

    private async Task StopAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
