using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ToolService.Api.Hosting.Errors;

namespace ToolService.Api.Tests.Hosting;

public class ProblemTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unknown_path_is_a_404_problem()
    {
        await using var service = await TestService.StartAsync();

        await ProblemAssert.IsAsync(await service.Client.GetAsync("/nowhere", Cancellation), HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Wrong_method_is_a_405_problem_that_names_the_right_one()
    {
        await using var service = await TestService.StartAsync();

        var problem = await ProblemAssert.IsAsync(
            await service.Client.DeleteAsync("/health", Cancellation), HttpStatusCode.MethodNotAllowed, "method_not_allowed");

        Assert.EndsWith("it takes GET.", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Wrong_media_type_is_a_415_problem()
    {
        await using var service = await StartAsync();
        using StringContent body = new("{}", Encoding.UTF8, "text/plain");

        await ProblemAssert.IsAsync(
            await service.Client.PostAsync("/orders", body, Cancellation), HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Too_large_a_body_is_a_413_problem_that_names_the_limit(bool chunked)
    {
        await using var service = await StartAsync(("Server:MaxRequestBytes", "2048"));
        using HttpRequestMessage request = new(HttpMethod.Post, "/orders") { Content = new StringContent($"{{\"item\":\"{new string('x', 4000)}\"}}", Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = chunked;

        using var response = await service.Client.SendAsync(request, Cancellation);

        var problem = await ProblemAssert.IsAsync(response, HttpStatusCode.RequestEntityTooLarge, "body_too_large");
        Assert.Contains("2048", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Unhandled_exception_is_a_500_that_tells_nothing_and_a_log_entry_that_tells_all()
    {
        RecordingLogs logs = new();
        await using var service = await StartAsync(logs);

        var problem = await ProblemAssert.IsAsync(await service.Client.GetAsync("/throw", Cancellation), HttpStatusCode.InternalServerError, null);

        Assert.Equal(["title", "status", "trace_id"], problem.EnumerateObject().Select(member => member.Name));
        var entry = Assert.Single(logs.Entries, entry => entry.Level == LogLevel.Error);
        Assert.Equal("the secret reason", entry.Exception?.Message);
        Assert.Contains(problem.GetProperty("trace_id").GetString()!, entry.Message);
    }

    [Fact]
    public async Task Aborted_request_is_no_error_in_the_log()
    {
        RecordingLogs logs = new();
        TaskCompletionSource entered = new();
        TaskCompletionSource left = new();
        await using var service = await StartAsync(logs, app => app.MapGet("/hang", async (CancellationToken cancellationToken) =>
        {
            using var registration = cancellationToken.Register(() => left.TrySetResult());
            entered.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }));
        using CancellationTokenSource leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var request = service.Client.GetAsync("/hang", leaving.Token);
        await entered.Task.WaitAsync(Cancellation);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await left.Task.WaitAsync(Cancellation);
        await service.RestartAsync();

        Assert.DoesNotContain(logs.Entries, entry => entry.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task Extensions_and_retry_after_are_sent()
    {
        await using var service = await StartAsync();

        using var busy = await service.Client.GetAsync("/busy", Cancellation);
        using var full = await service.Client.GetAsync("/full", Cancellation);

        Assert.Equal("turn_1", (await ProblemAssert.IsAsync(busy, HttpStatusCode.Conflict, "session_busy")).GetProperty("turn_id").GetString());
        await ProblemAssert.IsAsync(full, HttpStatusCode.ServiceUnavailable, "full");
        Assert.Equal(TimeSpan.FromSeconds(2), full.Headers.RetryAfter?.Delta);
    }

    [Theory]
    [InlineData("/number?limit=abc", "The value of 'limit' cannot be read: expected an integer.")]
    [InlineData("/number", "'limit' is required.")]
    public async Task Unreadable_query_is_a_400_problem_that_names_the_parameter(string path, string expected)
    {
        await using var service = await StartAsync();

        var problem = await ProblemAssert.IsAsync(await service.Client.GetAsync(path, Cancellation), HttpStatusCode.BadRequest, "invalid_request");

        Assert.Equal(expected, problem.GetProperty("detail").GetString());
    }

    private static Task<TestService> StartAsync(params (string Name, string Value)[] settings) =>
        TestService.StartAsync(settings.ToDictionary(setting => setting.Name, setting => setting.Value), map: Map);

    private static Task<TestService> StartAsync(RecordingLogs logs, Action<WebApplication>? map = null) =>
        TestService.StartAsync(customize: builder => builder.Logging.AddProvider(logs), map: app =>
        {
            Map(app);
            map?.Invoke(app);
        });

    private static void Map(WebApplication app)
    {
        app.MapPost("/orders", (Order order) => order);
        app.MapGet("/throw", IResult () => throw new InvalidOperationException("the secret reason"));
        app.MapGet("/busy", () => Problems.Conflict("session_busy", "It runs.", new JsonObject { ["turn_id"] = "turn_1" }));
        app.MapGet("/full", () => Problems.Unavailable("full", "Later.", TimeSpan.FromSeconds(1.5)));
        app.MapGet("/number", (int limit) => limit);
    }
}
