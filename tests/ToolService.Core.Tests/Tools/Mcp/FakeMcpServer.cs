using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ToolService.Core.Tests.Tools.Http;

namespace ToolService.Core.Tests.Tools.Mcp;

/// <summary>A real HTTP server that speaks MCP as a test tells it to.</summary>
internal sealed class FakeMcpServer : IAsyncDisposable
{
    private readonly Dictionary<string, Func<JsonElement, HttpContext, Task>> _answers = new(StringComparer.Ordinal);
    private readonly List<JsonElement> _messages = [];
    private LocalServer _server = null!;
    private int _sessions;

    public Uri Url => new(_server.Url, "/mcp");

    /// <summary>What initialize answers.</summary>
    public string Handshake { get; set; } =
        """{"protocolVersion":"2025-11-25","capabilities":{"tools":{"listChanged":true}},"serverInfo":{"name":"fake","version":"1"}}""";

    /// <summary>Every message so far.</summary>
    public IReadOnlyList<JsonElement> Messages
    {
        get
        {
            lock (_messages)
                return [.. _messages];
        }
    }

    public static async Task<FakeMcpServer> StartAsync(string tools = """[{"name":"act","inputSchema":{"type":"object"}}]""")
    {
        var server = new FakeMcpServer();
        server.On("tools/list", (message, context) => ReplyAsync(context, message, $$"""{"tools":{{tools}}}"""));
        server._server = await LocalServer.StartAsync(server.AnswerAsync);
        return server;
    }

    public int Count(string method) => Messages.Count(message => MethodOf(message) == method);

    public void On(string method, Func<JsonElement, HttpContext, Task> answer) => _answers[method] = answer;

    /// <summary>Every call gets this result.</summary>
    public void OnCall(string result) => On("tools/call", (message, context) => ReplyAsync(context, message, result));

    public static Task ReplyAsync(HttpContext context, JsonElement message, string result) =>
        LocalServer.AnswerAsync(context, Reply(message, result));

    public static string Reply(JsonElement message, string result) =>
        $$"""{"jsonrpc":"2.0","id":{{message.GetProperty("id").GetRawText()}},"result":{{result}}}""";

    /// <summary>Begins a stream of events, or goes on with it.</summary>
    public static async Task SendAsync(HttpContext context, string message)
    {
        if (!context.Response.HasStarted)
            context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync($"event: message\ndata: {message}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static string? MethodOf(JsonElement message) => message.TryGetProperty("method", out var method) ? method.GetString() : null;

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Method != "POST")
        {
            context.Response.StatusCode = context.Request.Method == "GET" ? 405 : 200;
            return;
        }

        var message = await JsonElementOf(context);
        lock (_messages)
            _messages.Add(message);
        if (MethodOf(message) is { } method && _answers.TryGetValue(method, out var answer))
            await answer(message, context);
        else if (MethodOf(message) is "initialize")
        {
            context.Response.Headers["Mcp-Session-Id"] = $"session-{Interlocked.Increment(ref _sessions)}";
            await ReplyAsync(context, message, Handshake);
        }
        else if (MethodOf(message) is "server/discover")
            await LocalServer.AnswerAsync(
                context, $$"""{"jsonrpc":"2.0","id":{{message.GetProperty("id").GetRawText()}},"error":{"code":-32601,"message":"no such method"} }""");
        else
            context.Response.StatusCode = 202;
    }

    private static async Task<JsonElement> JsonElementOf(HttpContext context) =>
        (await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted)).RootElement;
}
