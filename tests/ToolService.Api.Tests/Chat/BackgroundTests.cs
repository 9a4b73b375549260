using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using ToolService.Api.Tests.Durability;
using ToolService.Testing;

namespace ToolService.Api.Tests.Chat;

public sealed class BackgroundTests
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly ManualTime _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Turn_is_accepted_at_once_and_found_where_the_answer_says()
    {
        await using var model = await ModelAsync("A");
        await using var service = await StartAsync(model);

        using var response = await SendAsync(service, """{"message":"A","background":true}""");
        var accepted = await ReadAsync(response, HttpStatusCode.Accepted);
        Release("A");
        var turn = await EndOfAsync(service, response.Headers.Location!.ToString());

        Assert.Equal("respond-async", response.Headers.GetValues("Preference-Applied").Single());
        Assert.Equal($"/v1/chat/turns/{accepted.Text("turn_id")}", response.Headers.Location.ToString());
        Assert.Contains(accepted.Text("status"), (string[])["queued", "running"]);
        Assert.Equal(("completed", "Answer to A."), (turn.Text("status"), turn.Text("reply")));
    }

    [Theory]
    [InlineData("respond-async", HttpStatusCode.Accepted)]
    [InlineData("wait=5, Respond-Async; x=1", HttpStatusCode.Accepted)]
    [InlineData("respond-asynchronously", HttpStatusCode.OK)]
    [InlineData("return=minimal", HttpStatusCode.OK)]
    [InlineData("note=\"a, respond-async, \\\"b\"", HttpStatusCode.OK)]
    [InlineData("note=\"a, b\", respond-async", HttpStatusCode.Accepted)]
    public async Task Preference_for_a_quick_answer_does_the_same(string prefer, HttpStatusCode expected)
    {
        await using var model = await ModelAsync();
        await using var service = await StartAsync(model);

        using var response = await SendAsync(service, """{"message":"A"}""", ("Prefer", prefer));

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Preference_gives_way_to_a_stream()
    {
        await using var model = await ModelAsync();
        await using var service = await StartAsync(model);

        using var response = await SendAsync(service, """{"message":"A","stream":true}""", ("Prefer", "respond-async"));

        Assert.Contains("event: done", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Background_with_a_stream_is_refused_and_told_where_the_events_are()
    {
        await using var service = await TestService.StartAsync();

        var problem = await service.Client.PostJsonAsync("/v1/chat", """{"message":"A","background":true,"stream":true}""", HttpStatusCode.BadRequest);

        Assert.Equal("/stream", problem.GetProperty("errors")[0].Text("pointer"));
        Assert.Contains("/events", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_so_many_run_at_the_same_time_and_who_waits_for_an_answer_is_not_held_up()
    {
        string[] messages = ["A", "B", "C", "D", "E"];
        await using var model = await ModelAsync(messages);
        await using var service = await StartAsync(model, 2);
        var paths = new List<string>();
        foreach (var message in messages)
            paths.Add(await QueueAsync(service, message));
        await AskedAsync("A", "B");

        var answer = await service.Client.PostJsonAsync("/v1/chat", """{"message":"now"}""");
        Assert.Equal("completed", answer.Text("status"));
        Assert.Equal(["queued", "queued", "queued"], await StatusesAsync(service, paths[2..]));

        Release("B");
        await AskedAsync("A", "B", "now", "C");
        Assert.Equal(["running", "completed", "running", "queued", "queued"], await StatusesAsync(service, paths));
        Release(messages);
        foreach (var path in paths)
            Assert.Equal("completed", (await EndOfAsync(service, path)).Text("status"));
    }

    [Fact]
    public async Task Turns_run_in_the_order_in_which_they_came()
    {
        string[] messages = [.. Enumerable.Range(0, 12).Select(i => $"m{i}")];
        await using var model = await ModelAsync("m0");
        await using var service = await StartAsync(model, 1);
        var paths = new List<string>();
        foreach (var message in messages)
            paths.Add(await QueueAsync(service, message));

        Release("m0");
        foreach (var path in paths)
            await EndOfAsync(service, path);

        Assert.Equal(messages, _asked);
    }

    [Fact]
    public async Task Cancelled_in_the_queue_a_turn_never_runs_and_frees_its_session()
    {
        await using var model = await ModelAsync("A");
        await using var service = await StartAsync(model, 1);
        var first = await QueueAsync(service, "A");
        await AskedAsync("A");
        var second = await QueueAsync(service, "B");
        var third = await QueueAsync(service, "C");

        var cancelled = await service.Client.PostJsonAsync($"{second}/cancel", "");
        var again = await service.Client.PostJsonAsync("/v1/chat", $$"""{"message":"D","session_id":"{{cancelled.Text("session_id")}}"}""");
        Release("A");
        await EndOfAsync(service, first);
        await EndOfAsync(service, third);

        Assert.Equal(("cancelled", 0), (cancelled.Text("status"), cancelled.GetProperty("rounds").GetInt32()));
        Assert.Equal("completed", again.Text("status"));
        Assert.Equal(["A", "D", "C"], _asked);
    }

    [Fact]
    public async Task Session_with_a_queued_turn_is_busy()
    {
        await using var model = await ModelAsync("A");
        await using var service = await StartAsync(model, 1);
        await QueueAsync(service, "A");
        var queued = await service.Client.GetJsonAsync(await QueueAsync(service, "B"));

        var problem = await service.Client.PostJsonAsync(
            "/v1/chat", $$"""{"message":"C","session_id":"{{queued.Text("session_id")}}"}""", HttpStatusCode.Conflict);

        Assert.Equal(("session_busy", queued.Text("turn_id")), (problem.Text("code"), problem.Text("turn_id")));
        Release("A");
    }

    [Fact]
    public async Task Queue_goes_on_in_its_order_after_a_restart()
    {
        await using var model = await ModelAsync("A");
        await using var service = await StartAsync(model, 1);
        var paths = new List<string>();
        foreach (var message in (string[])["A", "B", "C", "D"])
            paths.Add(await QueueAsync(service, message));
        await AskedAsync("A");

        await service.RestartAsync();
        Release("A");
        foreach (var path in paths)
            Assert.Equal("completed", (await EndOfAsync(service, path)).Text("status"));

        Assert.Equal(["B", "C", "D"], _asked.Where(message => message is not "A"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Queue_goes_on_after_a_kill()
    {
        await using var model = await ModelAsync("A");
        using var service = new KillableService(
            ("Models:Endpoints:scripted:BaseUrl", model.BaseUrl.ToString()), ("Models:Endpoints:scripted:Model", "scripted"),
            ("Models:Default", "scripted"), ("Chat:MaxBackgroundTurns", "1"));
        await service.StartAsync();
        var ids = new List<string>();
        foreach (var message in (string[])["A", "B", "C"])
            ids.Add((await service.PostAsync("/v1/chat", new { message, background = true })).Text("turn_id"));
        await AskedAsync("A");

        await service.KillAsync();
        await service.StartAsync();
        Release("A");
        foreach (var id in ids)
            while ((await service.Client.GetJsonAsync($"/v1/chat/turns/{id}")).Text("status") is not "completed")
                await Task.Yield();

        Assert.Equal(["B", "C"], _asked.Where(message => message is not "A"));
    }

    [Fact]
    public async Task Deadline_counts_from_when_the_turn_begins_to_run()
    {
        await using var model = await ModelAsync("A", "B");
        await using var service = await StartAsync(model, 1);
        var first = await QueueAsync(service, "A");
        await AskedAsync("A");
        var second = await QueueAsync(service, "B");

        _time.Advance(TimeSpan.FromMinutes(9.5));
        Release("A");
        await EndOfAsync(service, first);
        await AskedAsync("A", "B");
        _time.Advance(TimeSpan.FromMinutes(9));
        Release("B");

        Assert.Equal("completed", (await EndOfAsync(service, second)).Text("status"));
    }

    [Fact]
    public async Task Same_key_finds_the_turn_while_it_waits_and_the_whole_of_it_afterwards()
    {
        await using var model = await ModelAsync("A");
        await using var service = await StartAsync(model);
        const string Body = """{"message":"A","background":true}""";
        using var first = await SendAsync(service, Body, ("Idempotency-Key", "key-1"));
        using var second = await SendAsync(service, Body, ("Idempotency-Key", "key-1"));
        Release("A");
        var id = (await ReadAsync(first, HttpStatusCode.Accepted)).Text("turn_id");
        await EndOfAsync(service, $"/v1/chat/turns/{id}");

        using var third = await SendAsync(service, Body, ("Idempotency-Key", "key-1"));
        using var preferred = await SendAsync(service, """{"message":"A"}""", ("Idempotency-Key", "key-1"), ("Prefer", "respond-async"));
        using var other = await SendAsync(service, """{"message":"A"}""", ("Idempotency-Key", "key-1"));

        Assert.Equal(id, (await ReadAsync(second, HttpStatusCode.Accepted)).Text("turn_id"));
        Assert.Equal("true", second.Headers.GetValues("Idempotent-Replayed").Single());
        var ended = await ReadAsync(third, HttpStatusCode.OK);
        Assert.Equal((id, "Answer to A."), (ended.Text("turn_id"), ended.Text("reply")));
        Assert.Equal(id, (await ReadAsync(preferred, HttpStatusCode.OK)).Text("turn_id"));
        Assert.Equal("idempotency_key_reused", (await ReadAsync(other, HttpStatusCode.Conflict)).Text("code"));
        Assert.Single(_asked);
    }

    [Fact]
    public async Task Events_can_be_watched_from_the_queue_to_the_end()
    {
        await using var model = await ModelAsync("A");
        await using var service = await StartAsync(model, 1);
        await QueueAsync(service, "A");
        await AskedAsync("A");
        var queued = await QueueAsync(service, "B");
        using var response = await service.Client.GetAsync($"{queued}/events", HttpCompletionOption.ResponseHeadersRead, Cancellation);

        Release("A");
        var events = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Contains("id: 1\nevent: turn_started", events, StringComparison.Ordinal);
        Assert.Contains("event: done", events, StringComparison.Ordinal);
        Assert.DoesNotContain("event: notice", events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Callback_tells_of_a_turn_in_the_background()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        await using var model = await ModelAsync();
        await using var service = await StartAsync(model);

        using var response = await SendAsync(service, JsonSerializer.Serialize(new { message = "A", background = true, callback_url = receiver.Url }));
        var accepted = await ReadAsync(response, HttpStatusCode.Accepted);
        var told = await receiver.NextAsync(Cancellation);

        Assert.Equal(("pending", 0), (accepted.GetProperty("callback").Text("status"), accepted.GetProperty("callback").GetProperty("attempts").GetInt32()));
        Assert.Equal((accepted.Text("turn_id"), "completed"), (told.Json.Text("turn_id"), told.Json.Text("status")));
    }

    [Fact]
    public async Task Events_of_turns_that_ended_long_ago_go()
    {
        await using var model = await ModelAsync();
        await using var service = await StartAsync(model);
        var turn = await service.Client.PostJsonAsync("/v1/chat", """{"message":"A"}""");

        _time.Advance(TimeSpan.FromDays(8));

        while (true)
        {
            using var response = await service.Client.GetAsync($"/v1/chat/turns/{turn.Text("turn_id")}/events", Cancellation);
            if (response.StatusCode is HttpStatusCode.Gone)
                break;
            await Task.Yield();
        }
    }

    [Fact(Timeout = 50_000)]
    public async Task Queue_goes_on_as_soon_as_the_operator_starts_the_stopped_service()
    {
        await using var model = await ModelAsync("A");
        await using var service = await StartAsync(model, 1);
        await QueueAsync(service, "A");
        await AskedAsync("A");
        var (second, third) = (await QueueAsync(service, "B"), await QueueAsync(service, "C"));
        await service.Client.PostJsonAsync("/v1/admin/stop", "{}");
        await service.RestartAsync();
        Assert.Equal(["queued", "queued"], await StatusesAsync(service, [second, third]));

        await service.Client.PostJsonAsync("/v1/admin/start", "{}");
        await EndOfAsync(service, third);

        Assert.Equal(["completed", "completed"], await StatusesAsync(service, [second, third]));
        Assert.Equal(["A", "B", "C"], _asked);
    }

    private static async Task<HttpResponseMessage> SendAsync(TestService service, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await service.Client.SendAsync(request, Cancellation);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        var body = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.StatusCode == expected, $"{response.StatusCode}: {body}");
        return JsonElement.Parse(body);
    }

    private static async Task<string> QueueAsync(TestService service, string message)
    {
        using var response = await SendAsync(service, JsonSerializer.Serialize(new { message, background = true }));
        await ReadAsync(response, HttpStatusCode.Accepted);
        return response.Headers.Location!.ToString();
    }

    private static async Task<JsonElement> EndOfAsync(TestService service, string path)
    {
        while (true)
        {
            var turn = await service.Client.GetJsonAsync(path);
            if (turn.Text("status") is not ("queued" or "running"))
                return turn;
            await Task.Yield();
        }
    }

    private static async Task<List<string>> StatusesAsync(TestService service, IEnumerable<string> paths)
    {
        List<string> statuses = [];
        foreach (var path in paths)
            statuses.Add((await service.Client.GetJsonAsync(path)).Text("status"));
        return statuses;
    }

    /// <summary>Waits until the model was asked exactly this, whatever the order.</summary>
    private async Task AskedAsync(params string[] messages)
    {
        while (!_asked.Order(StringComparer.Ordinal).SequenceEqual(messages.Order(StringComparer.Ordinal)))
        {
            Cancellation.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private void Release(params string[] messages)
    {
        foreach (var message in messages)
            _gates[message].TrySetResult();
    }

    /// <summary>A model that answers every message, these only when they are released.</summary>
    private Task<ScriptedModelServer> ModelAsync(params string[] held)
    {
        foreach (var message in held)
            _gates[message] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return ScriptedModelServer.StartAsync(request =>
        {
            var message = request.GetProperty("messages").EnumerateArray().Last().Text("content");
            _asked.Enqueue(message);
            return ScriptedReply.Text($"Answer to {message}.") with { Release = _gates.GetValueOrDefault(message)?.Task };
        });
    }

    private Task<TestService> StartAsync(ScriptedModelServer model, int maxBackgroundTurns = 32) => TestService.StartAsync(
        new Dictionary<string, string>
        {
            ["Models:Endpoints:scripted:BaseUrl"] = model.BaseUrl.ToString(),
            ["Models:Endpoints:scripted:Model"] = "scripted",
            // Tests that move the clock mean the turn's deadline.
            ["Models:Endpoints:scripted:Timeout"] = "1.00:00:00",
            ["Models:Default"] = "scripted",
            ["Chat:MaxBackgroundTurns"] = $"{maxBackgroundTurns}",
            ["Chat:Callbacks:Secret"] = "a secret that is long enough",
            ["Http:AllowPrivateNetworks:0"] = "127.0.0.1/32",
        },
        builder => _time.Use(builder.Services));
}
