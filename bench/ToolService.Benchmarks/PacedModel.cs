using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ToolService.Benchmarks;

/// <summary>A model that writes at the pace of a fast one: a piece every 25 ms, each with the time at which it was sent.</summary>
internal static class PacedModel
{
    public const int Pieces = 40;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(25);

    public static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapPost("/v1/chat/completions", AnswerAsync);
        await app.StartAsync();
        return app;
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        for (var piece = 0; piece < Pieces; piece++)
        {
            await Task.Delay(Pace, context.RequestAborted);
            await WriteAsync(context, new { content = string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetTimestamp()} ") }, null);
        }

        await WriteAsync(context, new { }, "stop");
        await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted);
    }

    private static async Task WriteAsync(HttpContext context, object delta, string? finish)
    {
        var chunk = JsonSerializer.Serialize(new { id = "x", @object = "chat.completion.chunk", choices = new[] { new { index = 0, delta, finish_reason = finish } } });
        await context.Response.WriteAsync($"data: {chunk}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
