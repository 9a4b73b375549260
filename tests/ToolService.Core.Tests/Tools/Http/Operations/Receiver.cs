using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.AI;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Http;
using ToolService.Core.Tools.Http.Operations;
using ToolService.Core.Tools.Secrets;

namespace ToolService.Core.Tests.Tools.Http.Operations;

/// <summary>A server that remembers what came over the wire, and tools that send to it.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private static readonly JsonElement Anything = JsonElement.Parse("""{"type":"object"}""");

    private readonly List<Received> _received = [];
    private readonly GuardedHttp _http = TestHttp.Local();
    private readonly RequestDelegate _answer;
    private LocalServer _server = null!;

    private Receiver(RequestDelegate answer) => _answer = answer;

    public string Site => _server.Url.GetLeftPart(UriPartial.Authority);

    public SecretStore Secrets { get; private init; } = new(new SecretSettings());

    public IReadOnlyList<Received> Received => _received;

    public static async Task<Receiver> StartAsync(RequestDelegate? answer = null, Dictionary<string, string>? secrets = null)
    {
        var settings = new SecretSettings();
        foreach (var (name, value) in secrets ?? [])
            settings.Entries[name] = new SecretSetting { Value = value };
        var receiver = new Receiver(answer ?? (context => LocalServer.AnswerAsync(context, "{}"))) { Secrets = new SecretStore(settings) };
        receiver._server = await LocalServer.StartAsync(receiver.TakeAsync);
        return receiver;
    }

    public static Task<Receiver> AnsweringAsync(string body, string type = "application/json", int status = 200, Dictionary<string, string>? secrets = null) =>
        StartAsync(context => LocalServer.AnswerAsync(context, body, type, status), secrets);

    /// <summary>Runs a tool of this operation.</summary>
    public async Task<object?> CallAsync(HttpOperation operation, string arguments, ToolPolicy? policy = null, IRunningCall? call = null)
    {
        var tool = new HttpToolFactory(_http, Secrets).Create("t", "d", Anything, operation, policy ?? new ToolPolicy(), "http");
        var bound = new AIFunctionArguments(
            JsonElement.Parse(arguments).EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value))
        {
            Context = call is null ? null : new Dictionary<object, object?> { [typeof(IRunningCall)] = call },
        };
        return await tool.Function.InvokeAsync(bound, TestContext.Current.CancellationToken);
    }

    /// <summary>What came of a call.</summary>
    public async Task<Received> SendAsync(HttpOperation operation, string arguments, ToolPolicy? policy = null, IRunningCall? call = null)
    {
        var before = _received.Count;
        await CallAsync(operation, arguments, policy, call);
        return Assert.Single(_received.Skip(before));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        _received.Add(new Received(
            context.Request.Method,
            context.Features.Get<IHttpRequestFeature>()!.RawTarget,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToArray(), StringComparer.OrdinalIgnoreCase),
            body.ToArray()));
        await _answer(context);
    }
}
