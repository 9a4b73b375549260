using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using ToolService.Testing;

namespace ToolService.Api.Tests.Chat;

/// <summary>A model that is down, and one that is asked as much as it may be.</summary>
public sealed class ModelLimitTests
{
    private readonly TestTools _tools = new();
    private readonly ManualTime _time = new();
    private readonly ConcurrentQueue<TaskCompletionSource> _answers = new();
    private int _asked;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Model_that_is_down_is_a_503_at_once_until_it_answers_again()
    {
        var isUp = false;
        await using var model = await ScriptedModelServer.StartAsync(_ => isUp ? ScriptedReply.Text("hi") : ScriptedReply.Error(500, "down"));
        await using var service = await StartAsync(model, ("BreakerFailures", "2"), ("MaxRetries", "0"));
        for (var i = 0; i < 2; i++)
            using (var failed = await ChatAsync(service))
                Assert.Equal(HttpStatusCode.BadGateway, failed.StatusCode);

        using var refused = await ChatAsync(service);
        var problem = JsonElement.Parse(await refused.Content.ReadAsStringAsync(Cancellation));
        isUp = true;
        _time.Advance(TimeSpan.FromSeconds(30));
        using var answered = await ChatAsync(service);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "model_unavailable"), (refused.StatusCode, problem.Text("code")));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        Assert.Contains("failed 2 times in a row", problem.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        Assert.Equal(3, model.Requests.Count);
        // The turn was begun, and is there.
        var turn = await service.Client.GetJsonAsync($"/v1/chat/turns/{problem.Text("turn_id")}");
        Assert.Equal(("failed", "model_unavailable"), (turn.Text("status"), turn.GetProperty("reason").Text("code")));
    }

    [Fact]
    public async Task Stream_tells_the_same_in_its_last_event()
    {
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Error(500, "down"));
        await using var service = await StartAsync(model, ("BreakerFailures", "1"), ("MaxRetries", "0"));
        using (var failed = await ChatAsync(service))
            Assert.Equal(HttpStatusCode.BadGateway, failed.StatusCode);

        var reader = new EventReader(service.Client, null);
        await reader.StartTurnAsync("""{"message":"Go.","stream":true}""", int.MaxValue);

        var problem = reader.Events[^1].Data.GetProperty("problem");
        Assert.Equal((503, "model_unavailable"), (problem.GetProperty("status").GetInt32(), problem.Text("code")));
        Assert.InRange(problem.GetProperty("retry_at").GetDateTimeOffset(), _time.GetUtcNow(), _time.GetUtcNow().AddSeconds(30));
    }

    [Fact]
    public async Task Model_is_never_asked_more_at_once_than_it_may_be()
    {
        const int Turns = 9;
        var (most, ended) = (0, 0);
        await using var model = await ScriptedModelServer.StartAsync(_ =>
        {
            lock (_answers)
                most = Math.Max(most, ++_asked - Volatile.Read(ref ended));
            return Held("hi");
        });
        await using var service = await StartAsync(model, ("MaxParallelRequests", "2"), ("MaxQueueTime", "01:00:00"));
        var turns = Enumerable.Range(0, Turns).Select(_ => ChatAsync(service)).ToList();

        for (var i = 0; i < Turns; i++)
        {
            await AskedAsync(Math.Min(i + 2, Turns));
            Interlocked.Increment(ref ended);
            Release();
        }

        foreach (var turn in turns)
            using (var answer = await turn)
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((2, Turns), (most, _asked));
    }

    [Fact]
    public async Task Turn_that_finds_no_place_is_a_503()
    {
        await using var model = await HoldingModelAsync();
        await using var service = await StartAsync(model, ("MaxParallelRequests", "1"), ("MaxQueuedRequests", "0"));
        var first = ChatAsync(service);
        await AskedAsync(1);

        using var refused = await ChatAsync(service);
        Release();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), refused.Headers.RetryAfter!.Delta);
        using var answer = await first;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Cancelled_in_the_queue_a_turn_ends_and_the_model_never_hears_of_it()
    {
        await using var model = await HoldingModelAsync();
        await using var service = await StartAsync(model, ("MaxParallelRequests", "1"));
        var first = ChatAsync(service);
        await AskedAsync(1);
        var second = await service.Client.PostJsonAsync("/v1/chat", """{"message":"Go.","background":true}""", HttpStatusCode.Accepted);
        await RunningAsync(service, second.Text("turn_id"));

        var cancelled = await service.Client.PostJsonAsync($"/v1/chat/turns/{second.Text("turn_id")}/cancel", "");
        Release();

        Assert.Equal("cancelled", cancelled.Text("status"));
        using var answer = await first;
        Assert.Equal((HttpStatusCode.OK, 1), (answer.StatusCode, _asked));
    }

    [Fact]
    public async Task Operators_stop_ends_those_that_wait_as_well()
    {
        await using var model = await HoldingModelAsync();
        await using var service = await StartAsync(model, ("MaxParallelRequests", "1"));
        var turns = new[] { ChatAsync(service), ChatAsync(service), ChatAsync(service) };
        await AskedAsync(1);
        await TurnsAsync(service, 3);

        var stopped = await service.Client.PostJsonAsync("/v1/admin/stop", "{}");

        Assert.Equal(3, stopped.GetProperty("turns_stopped").GetInt32());
        foreach (var turn in turns)
        {
            using var answer = await turn;
            Assert.Equal("cancelled", JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).Text("status"));
        }

        Assert.Equal(1, _asked);
    }

    private static async Task RunningAsync(TestService service, string turnId)
    {
        while ((await service.Client.GetJsonAsync($"/v1/chat/turns/{turnId}")).Text("status") != "running")
            Cancellation.ThrowIfCancellationRequested();
    }

    private static async Task TurnsAsync(TestService service, int count)
    {
        while ((await service.Client.GetJsonAsync("/v1/chat/sessions")).EnumerateArray().Count(session => session.TryGetProperty("active_turn_id", out _)) < count)
            Cancellation.ThrowIfCancellationRequested();
    }

    private static async Task<HttpResponseMessage> ChatAsync(TestService service)
    {
        using var body = new StringContent("""{"message":"Go."}""", Encoding.UTF8, "application/json");
        return await service.Client.PostAsync("/v1/chat", body, Cancellation);
    }

    private Task<ScriptedModelServer> HoldingModelAsync() => ScriptedModelServer.StartAsync(_ =>
    {
        Interlocked.Increment(ref _asked);
        return Held("hi");
    });

    private ScriptedReply Held(string text)
    {
        var release = new TaskCompletionSource();
        _answers.Enqueue(release);
        return ScriptedReply.Text(text) with { Release = release.Task };
    }

    private void Release()
    {
        Assert.True(_answers.TryDequeue(out var answer));
        answer.SetResult();
    }

    private async Task AskedAsync(int count)
    {
        while (Volatile.Read(ref _asked) < count || _answers.IsEmpty)
        {
            Cancellation.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task<TestService> StartAsync(ScriptedModelServer model, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string>
        {
            ["Models:Default"] = "main",
            ["Models:Endpoints:main:BaseUrl"] = model.BaseUrl.ToString(),
            ["Models:Endpoints:main:Model"] = "scripted",
            ["Models:Endpoints:main:ApiKey"] = "test",
        };
        foreach (var (name, value) in settings)
            all[$"Models:Endpoints:main:{name}"] = value;
        var service = await TestService.StartAsync(all, builder => _time.Use(builder.Services));
        _tools.AddTo(service);
        return service;
    }
}
