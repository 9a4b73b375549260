using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using ToolService.Core.Tests.Tools.Http;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Http;
using ToolService.Core.Tools.Mcp;
using ToolService.Core.Tools.Secrets;

namespace ToolService.Core.Tests.Tools.Mcp;

/// <summary>A source with what it needs around it.</summary>
internal sealed class McpTest : IAsyncDisposable
{
    private static readonly SecretSettings Secrets = new() { Entries = { ["TICKETS"] = new SecretSetting { Value = "s3cret-value" } } };

    private readonly GuardedHttp _http;

    public McpTest(McpServerOptions options, GuardedHttp? http = null, int maxTools = 5_000)
    {
        _http = http ?? TestHttp.Local();
        Source = new McpSource(new McpServer("fake", options), _http, new SecretStore(Secrets), maxTools, TimeProvider.System, NullLogger.Instance);
    }

    public McpTest(FakeMcpServer server)
        : this(new McpServerOptions { Url = server.Url })
    {
    }

    public McpSource Source { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task<Tool> ToolAsync() => Assert.Single((await Source.LoadAsync(Cancellation)).Tools);

    public async Task<object?> CallAsync(string arguments = "{}", IRunningCall? call = null) =>
        await CallAsync(await ToolAsync(), arguments, call);

    public static async Task<object?> CallAsync(Tool tool, string arguments = "{}", IRunningCall? call = null, CancellationTokenSource? cancel = null)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel?.Token ?? CancellationToken.None, Cancellation);
        var bound = new AIFunctionArguments { Context = new Dictionary<object, object?> { [typeof(IRunningCall)] = call ?? new FakeRunningCall() } };
        foreach (var member in JsonElement.Parse(arguments).EnumerateObject())
            bound[member.Name] = member.Value;
        return await tool.Function.InvokeAsync(bound, either.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        _http.Dispose();
    }
}
