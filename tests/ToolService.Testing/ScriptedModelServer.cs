using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ToolService.Testing;

/// <summary>A real HTTP server on a free port of 127.0.0.1 that speaks providers' wire formats and answers what a test tells it to.</summary>
public sealed class ScriptedModelServer : IAsyncDisposable
{
    // A history may hold arguments as deep as a call's may be.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly WebApplication _app;
    private readonly Func<JsonElement, ScriptedReply> _answer;
    private readonly bool _record;

    private ScriptedModelServer(Func<JsonElement, ScriptedReply> answer, bool record)
    {
        _answer = answer;
        _record = record;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        Map("/v1/chat/completions", new ChatCompletion());
        Map("/v1/responses", new ResponsesAnswer());
        Map("/v1/messages", new AnthropicMessage());
        Map("/v1/embeddings", new ChatCompletion());
    }

    /// <summary>What to configure as the base URL: <c>http://127.0.0.1:PORT/v1</c>.</summary>
    public Uri BaseUrl => new($"{_app.Urls.First()}/v1");

    /// <summary>Everything that was sent, in order of arrival.</summary>
    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    /// <summary>Starts a server that gives these answers, one for each request; further requests are refused with 400.</summary>
    public static Task<ScriptedModelServer> StartAsync(params ScriptedReply[] replies)
    {
        var queue = new ConcurrentQueue<ScriptedReply>(replies);
        return StartAsync(_ => queue.TryDequeue(out var reply) ? reply : ScriptedReply.Error(400, "The script has no more replies."));
    }

    /// <summary>Starts a server that answers each request's body by a function.</summary>
    /// <param name="answer">Called for each request, also at the same time.</param>
    /// <param name="record">Whether requests are kept; benchmarks keep none.</param>
    public static async Task<ScriptedModelServer> StartAsync(Func<JsonElement, ScriptedReply> answer, bool record = true)
    {
        var server = new ScriptedModelServer(answer, record);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Stops at once, whatever is still being answered.</summary>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        try
        {
            await _app.StopAsync(now.Token);
        }
        catch (OperationCanceledException)
        {
            // Asked for above: an answer may wait for ever.
        }

        await _app.DisposeAsync();
    }

    private void Map(string path, IAnswerWriter writer) => _app.MapPost(path, context => AnswerAsync(context, writer));

    private async Task AnswerAsync(HttpContext context, IAnswerWriter writer)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, Deep, context.RequestAborted);
        if (_record)
            _requests.Enqueue(Record(context.Request, body.RootElement.GetRawText()));

        var stream = body.RootElement.TryGetProperty("stream", out var wanted) && wanted.ValueKind is JsonValueKind.True;
        await WriteAsync(context, writer, _answer(body.RootElement), stream);
    }

    private static async Task WriteAsync(HttpContext context, IAnswerWriter writer, ScriptedReply reply, bool stream)
    {
        if (reply is { Release: { } release, ReleaseAfter: 0 })
            await release.WaitAsync(context.RequestAborted);

        var body = reply.Body(writer, stream);
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.Type(stream);
        foreach (var (name, value) in reply.Headers)
            context.Response.Headers[name] = value;
        // A promised length that is not kept closes the connection once what was written is sent; an abort would take some of it back.
        if (reply.CutAfter is not null)
            context.Response.ContentLength = body.Length;
        var end = reply.CutAfter ?? body.Length;
        for (var (from, piece) = (0, 0); from < end; piece++)
        {
            var length = Math.Min(Next(reply, from, piece, body.Length), end - from);
            await context.Response.Body.WriteAsync(body.AsMemory(from, length), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            from += length;
            if (reply.Release is { } pause && from == reply.ReleaseAfter)
                await pause.WaitAsync(context.RequestAborted);
        }
    }

    private static int Next(ScriptedReply reply, int from, int piece, int length)
    {
        var size = reply.Pieces.Count == 0 ? length : reply.Pieces[Math.Min(piece, reply.Pieces.Count - 1)];
        return from < reply.ReleaseAfter ? Math.Min(size, reply.ReleaseAfter - from) : size;
    }

    private static RecordedRequest Record(HttpRequest request, string body) => new(
        request.Path + request.QueryString,
        request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        body);
}
