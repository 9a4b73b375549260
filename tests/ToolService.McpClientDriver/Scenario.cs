using System.Text.Json;
using System.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ToolService.Core;
using ToolService.Core.Execution;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Mcp;
using ToolService.Core.Tools.Sources;
using Service = ToolService.Api.Program;

namespace ToolService.McpClientDriver;

/// <summary>One scenario of the conformance suite, played by the real service: its sources, its executor, its store.</summary>
internal sealed class Scenario : IAsyncDisposable
{
    private const string Server = "server";
    private const int MostAuthorizations = 4;
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    private readonly WebApplication _app;
    private readonly string _folder;
    private readonly McpSources _mcp;
    private readonly ToolSources _sources;
    private int _authorizations;

    private Scenario(WebApplication app, string folder)
    {
        (_app, _folder) = (app, folder);
        (_mcp, _sources) = (app.Services.GetRequiredService<McpSources>(), app.Services.GetRequiredService<ToolSources>());
    }

    public static async Task<Scenario> StartAsync(Uri server, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("toolservice-conformance-").FullName;
        var app = Service.Create(
        [
            "--urls=http://127.0.0.1:0",
            "--Logging:LogLevel:Default=Warning",
            $"--Storage:ConnectionString=Data Source={Path.Combine(folder, "toolservice.db")}",
            "--Http:AllowPrivateNetworks:0=127.0.0.0/8",
            "--Http:AllowPrivateNetworks:1=::1/128",
            $"--Mcp:Servers:{Server}:Url={server}",
            .. Settings().Select(setting => $"--Mcp:Servers:{Server}:{setting.Name}={setting.Value}"),
        ]);
        await app.StartAsync(cancellationToken);
        return new Scenario(app, folder);
    }

    /// <summary>Loads the server's tools and calls each; 0 where nothing failed.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var status = (await _sources.RefreshAsync(Server, cancellationToken))!;
        while (status.State is not SourceState.Ready && WantsAuthorization(status.Error) && await AuthorizeAsync(cancellationToken))
            status = (await _sources.RefreshAsync(Server, cancellationToken))!;
        Console.WriteLine($"{status.State}: {status.ToolCount} tools. {status.Error}");

        var failures = status.State is SourceState.Ready ? 0 : 1;
        foreach (var tool in _app.Services.GetRequiredService<ToolRegistry>().Current.Tools.Where(tool => tool.Source == Server).ToList())
            failures += await CallAsync(tool, cancellationToken) ? 0 : 1;
        return failures == 0 ? 0 : 1;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static IEnumerable<(string Name, string Value)> Settings()
    {
        yield return ("Prefix", "");
        if (Environment.GetEnvironmentVariable("MCP_CONFORMANCE_PROTOCOL_VERSION") is { Length: > 0 } version)
            yield return ("ProtocolVersion", version);
        if (Environment.GetEnvironmentVariable("MCP_CONFORMANCE_SCENARIO")?.StartsWith("auth/", StringComparison.Ordinal) is not true)
            yield break;

        yield return ("OAuth:Enabled", "true");
        yield return ("OAuth:ClientMetadataUrl", "https://conformance-test.local/client-metadata.json");
        var context = JsonElement.Parse(Environment.GetEnvironmentVariable("MCP_CONFORMANCE_CONTEXT") ?? "{}");
        if (context.TryGetProperty("client_id", out var id))
            yield return ("OAuth:ClientId", id.GetString()!);
        if (context.TryGetProperty("client_secret", out var secret))
            yield return ("OAuth:ClientSecret", secret.GetString()!);
    }

    private async Task<bool> CallAsync(Tool tool, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await _app.Services.GetRequiredService<SafeExecutor>().ExecuteAsync(
                new ToolCall(Ids.NewCall(), tool.Name, ArgumentsOf(tool)), new CallContext("conformance", CallOrigin.Api) { Elicit = Accept }, cancellationToken);
            Console.WriteLine($"{tool.Name}: {result.Call.Status} {result.Call.Result} {result.Call.Error?.Message}");
            if (result.Call.Status is CallStatus.Succeeded)
                return true;
            if (!WantsAuthorization(result.Call.Error?.Message) || !await AuthorizeAsync(cancellationToken))
                return false;
            await _sources.RefreshAsync(Server, cancellationToken);
        }
    }

    private static bool WantsAuthorization(string? error) => error?.Contains("/authorize", StringComparison.Ordinal) is true;

    // What a person does: opens the address, agrees, and is sent back to the service with a code.
    private async Task<bool> AuthorizeAsync(CancellationToken cancellationToken)
    {
        if (_mcp.CanAuthorize(Server) is not true || ++_authorizations > MostAuthorizations)
            return false;

        try
        {
            if (await _mcp.AuthorizeAsync(Server, cancellationToken) is not { } url)
                return true;
            using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
            using var response = await browser.GetAsync(url, cancellationToken);
            var answer = HttpUtility.ParseQueryString(response.Headers.Location!.Query);
            return _mcp.TryCompleteAuthorization(answer["state"]!, answer["code"], answer["iss"], answer["error"]);
        }
        catch (ToolException e)
        {
            Console.WriteLine(e.Message);
            return false;
        }
    }

    private static Task<ElicitationAnswer> Accept(CallRecord call, Elicitation question, CancellationToken cancellationToken) =>
        Task.FromResult(new ElicitationAnswer(ElicitationAction.Accept, Nothing));

    private static string ArgumentsOf(Tool tool)
    {
        var properties = tool.InputSchema.TryGetProperty("properties", out var found) ? found.EnumerateObject() : default;
        var arguments = properties.ToDictionary(property => property.Name, property => TypeOf(property.Value) switch
        {
            "integer" or "number" => (object)5,
            "boolean" => true,
            _ => "test",
        });
        return JsonSerializer.Serialize(arguments);
    }

    private static string? TypeOf(JsonElement schema) =>
        schema.ValueKind is JsonValueKind.Object && schema.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String ? type.GetString() : null;
}
