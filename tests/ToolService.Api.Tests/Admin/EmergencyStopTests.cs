using System.Net;
using System.Text.Json;
using ToolService.Api.Tests.Hosting;

namespace ToolService.Api.Tests.Admin;

public sealed class EmergencyStopTests
{
    private const string Because = """{"reason":"mails go astray"}""";
    private const string Note = """{"text":"x"}""";

    private readonly TestTools _tools = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stop_cancels_the_running_call_and_says_so_everywhere()
    {
        await using var service = await _tools.StartServiceAsync();
        var running = service.Client.CallAsync("slow_note", Note, HttpStatusCode.ServiceUnavailable, "mail-1");
        await _tools.Started;

        var stopped = await StopAsync(service);

        Assert.Equal((1, 0, 0), (Count(stopped, "calls_stopped"), Count(stopped, "calls_at_work"), Count(stopped, "tools_unresponsive")));
        var problem = await running;
        Assert.Equal("cancelled", problem.Text("code"));
        Assert.Contains("operator stopped", problem.Text("detail"), StringComparison.Ordinal);
        var record = await service.Client.GetJsonAsync("/v1/tools/history/mail-1");
        Assert.Equal("cancelled", record.Text("status"));
        Assert.Contains("operator stopped", record.GetProperty("error").Text("message"), StringComparison.Ordinal);
        Assert.Empty(_tools.Effects);
    }

    [Fact]
    public async Task Nothing_runs_while_stopped_and_everything_refused_says_why_and_since_when()
    {
        await using var service = await _tools.StartServiceAsync();
        var since = (await StopAsync(service)).Text("since");

        JsonElement[] problems =
        [
            await service.Client.CallAsync("add_note", Note, HttpStatusCode.ServiceUnavailable),
            await service.Client.CallAsync("echo", Note, HttpStatusCode.ServiceUnavailable),
            await service.Client.CallAsync("delete_note", Note, HttpStatusCode.ServiceUnavailable),
            await service.Client.PostJsonAsync(
                "/v1/tools/call/batch", """{"calls":[{"tool_name":"add_note","arguments":{"text":"x"}},{"tool_name":"nope"}]}""",
                HttpStatusCode.ServiceUnavailable),
        ];

        Assert.All(problems, problem =>
            Assert.Equal(("stopped", "mails go astray", since), (problem.Text("code"), problem.Text("reason"), problem.Text("since"))));
        Assert.Empty(_tools.Effects);
        Assert.Equal(0, (await service.Client.GetJsonAsync("/v1/tools/history")).GetArrayLength());
    }

    [Fact]
    public async Task Refused_call_id_is_free_for_any_call_after_the_start()
    {
        await using var service = await _tools.StartServiceAsync();
        await StopAsync(service);
        await service.Client.CallAsync("add_note", Note, HttpStatusCode.ServiceUnavailable, "note-1");
        await service.Client.CallAsync("add_note", Note, HttpStatusCode.ServiceUnavailable, "note-2");
        await StartAsync(service);

        Assert.Equal("added x", (await service.Client.CallAsync("add_note", Note, callId: "note-1")).Text("result"));
        Assert.Equal("added y", (await service.Client.CallAsync("add_note", """{"text":"y"}""", callId: "note-2")).Text("result"));
    }

    [Fact]
    public async Task Known_outcome_is_answered_while_stopped()
    {
        await using var service = await _tools.StartServiceAsync();
        await service.Client.CallAsync("add_note", Note, callId: "note-1");
        await StopAsync(service);

        Assert.Equal("added x", (await service.Client.CallAsync("add_note", Note, callId: "note-1")).Text("result"));
        Assert.Single(_tools.Effects);
    }

    [Fact]
    public async Task Calls_of_a_batch_that_had_not_begun_are_told_apart_from_the_one_that_ran()
    {
        await using var service = await _tools.StartServiceAsync(("Execution:MaxParallelPerBatch", "1"));
        var batch = service.Client.PostJsonAsync(
            "/v1/tools/call/batch", """{"calls":[{"tool_name":"hang"},{"tool_name":"add_note","arguments":{"text":"x"}}]}""");
        await _tools.Started;

        await StopAsync(service);

        var results = (await batch).GetProperty("results");
        Assert.Equal(["cancelled", "stopped"], results.EnumerateArray().Select(result => result.GetProperty("error").Text("code")));
        Assert.Empty(_tools.Effects);
    }

    [Fact]
    public async Task Call_that_waits_for_a_slot_never_runs()
    {
        await using var service = await _tools.StartServiceAsync(("Tools:Policies:slow_note:MaxParallel", "1"));
        var first = service.Client.CallAsync("slow_note", Note, HttpStatusCode.ServiceUnavailable);
        await _tools.Started;
        var second = service.Client.CallAsync("slow_note", Note, HttpStatusCode.ServiceUnavailable, "waits");
        await WaitUntilAsync(async () => Count(await StatusAsync(service), "calls_at_work") == 2);

        var stopped = await StopAsync(service);

        await Task.WhenAll(first, second);
        Assert.Equal(2, Count(stopped, "calls_stopped"));
        Assert.Equal(0, (await service.Client.GetJsonAsync("/v1/tools/history/waits")).GetProperty("attempts").GetInt32());
        Assert.Empty(_tools.Effects);
    }

    [Fact]
    public async Task Tool_that_ignores_its_cancellation_is_abandoned_and_counted()
    {
        await using var service = await _tools.StartServiceAsync();
        var running = service.Client.CallAsync("ignore", "{}", HttpStatusCode.ServiceUnavailable);
        await _tools.Started;

        var stopped = await StopAsync(service);

        await running;
        Assert.Equal((1, 1, 0), (Count(stopped, "calls_stopped"), Count(stopped, "tools_unresponsive"), Count(stopped, "calls_at_work")));
        _tools.Release();
    }

    [Fact]
    public async Task Nothing_has_an_effect_once_the_stop_is_answered_whatever_was_under_way()
    {
        await using var service = await _tools.StartServiceAsync();
        for (var time = 0; time < 10; time++)
        {
            var before = _tools.Effects.Count;
            Task<HttpStatusCode>[] clients = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(() => CallUntilRefusedAsync(service), Cancellation))];
            await WaitUntilAsync(() => Task.FromResult(_tools.Effects.Count > before + 20));

            var stopped = await StopAsync(service);
            var effects = _tools.Effects.Count;

            Assert.Equal(0, Count(stopped, "calls_at_work"));
            Assert.All(await Task.WhenAll(clients), status => Assert.Equal(HttpStatusCode.ServiceUnavailable, status));
            Assert.Equal(effects, _tools.Effects.Count);
            await StartAsync(service);
        }
    }

    [Fact]
    public async Task Stop_outlives_a_restart_and_so_does_the_start_after_it()
    {
        await using var service = await _tools.StartServiceAsync();
        var stopped = await StopAsync(service);
        await service.RestartAsync();
        _tools.AddTo(service);

        var problem = await service.Client.CallAsync("add_note", Note, HttpStatusCode.ServiceUnavailable);
        Assert.Equal((stopped.Text("since"), "mails go astray"), (problem.Text("since"), problem.Text("reason")));
        var started = await StartAsync(service);
        await service.RestartAsync();
        _tools.AddTo(service);

        await service.Client.CallAsync("add_note", Note);
        Assert.Equal(started.Text("since"), (await StatusAsync(service)).Text("since"));
    }

    [Fact]
    public async Task Second_stop_and_second_start_change_nothing_and_say_since_when()
    {
        await using var service = await _tools.StartServiceAsync();

        var stopped = await StopAsync(service);
        var again = await service.Client.PostJsonAsync("/v1/admin/stop", """{"reason":"another"}""");
        var started = await StartAsync(service);
        var startedAgain = await StartAsync(service);

        Assert.True(JsonElement.DeepEquals(stopped, again), $"{stopped}\n{again}");
        Assert.True(JsonElement.DeepEquals(started, startedAgain), $"{started}\n{startedAgain}");
        Assert.Equal((true, false), (stopped.GetProperty("stopped").GetBoolean(), started.GetProperty("stopped").GetBoolean()));
    }

    [Fact]
    public async Task Stop_needs_no_body_and_no_reason()
    {
        await using var service = await _tools.StartServiceAsync();

        using var response = await service.Client.PostAsync("/v1/admin/stop", null, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var problem = await service.Client.CallAsync("echo", Note, HttpStatusCode.ServiceUnavailable);
        Assert.Equal(JsonValueKind.Null, problem.GetProperty("reason").ValueKind);
    }

    [Theory]
    [InlineData("two\\nlines")]
    [InlineData("two\u2028lines")]
    [InlineData(null)]
    public async Task Reason_that_is_no_short_line_is_refused_and_stops_nothing(string? reason)
    {
        await using var service = await _tools.StartServiceAsync();

        var problem = await service.Client.PostJsonAsync(
            "/v1/admin/stop", $$"""{"reason":"{{reason ?? new string('x', 501)}}"}""", HttpStatusCode.BadRequest);

        Assert.Equal("/reason", problem.GetProperty("errors")[0].Text("pointer"));
        await service.Client.CallAsync("add_note", Note);
    }

    [Fact]
    public async Task Only_an_admin_stops_starts_and_sees_the_status()
    {
        await using var service = await TestService.StartAsync(TestKeys.Settings(("agent", ["tools", "chat", "approve"]), ("boss", ["admin"])));
        using var asAgent = service.ClientWithKey(TestKeys.KeyOf("agent"));
        using var asBoss = service.ClientWithKey(TestKeys.KeyOf("boss"));

        await asAgent.PostJsonAsync("/v1/admin/stop", "{}", HttpStatusCode.Forbidden);
        await asAgent.PostJsonAsync("/v1/admin/start", "{}", HttpStatusCode.Forbidden);
        await asAgent.GetJsonAsync("/v1/admin/status", HttpStatusCode.Forbidden);
        var stopped = await asBoss.PostJsonAsync("/v1/admin/stop", "{}");

        Assert.Equal("boss", stopped.Text("changed_by"));
    }

    [Fact]
    public async Task Stopped_service_is_healthy_and_says_that_it_is_stopped()
    {
        await using var service = await _tools.StartServiceAsync();
        await StopAsync(service);

        foreach (var path in (string[])["/health", "/health/ready"])
        {
            var health = await service.Client.GetJsonAsync(path);
            Assert.Equal("healthy", health.Text("status"));
            Assert.True(health.GetProperty("stopped").GetBoolean());
        }

        await StartAsync(service);
        Assert.False((await service.Client.GetJsonAsync("/health/ready")).TryGetProperty("stopped", out _));
    }

    [Fact]
    public async Task Approval_is_refused_while_stopped_and_still_possible_after_the_start()
    {
        await using var service = await _tools.StartServiceAsync();
        var id = (await service.Client.CallAsync("delete_note", Note, HttpStatusCode.Accepted)).GetProperty("confirmation").Text("id");
        await StopAsync(service);

        var problem = await service.Client.PostJsonAsync($"/v1/confirmations/{id}", """{"decision":"approve"}""", HttpStatusCode.ServiceUnavailable);

        Assert.Equal("stopped", problem.Text("code"));
        Assert.Equal("pending", (await service.Client.GetJsonAsync($"/v1/confirmations/{id}")).Text("status"));
        await StartAsync(service);
        await service.Client.PostJsonAsync($"/v1/confirmations/{id}", """{"decision":"approve"}""");
        Assert.Single(_tools.Effects);
    }

    [Fact]
    public async Task Denial_is_allowed_while_stopped()
    {
        await using var service = await _tools.StartServiceAsync();
        var id = (await service.Client.CallAsync("delete_note", Note, HttpStatusCode.Accepted)).GetProperty("confirmation").Text("id");
        await StopAsync(service);

        var denied = await service.Client.PostJsonAsync($"/v1/confirmations/{id}", """{"decision":"deny"}""");

        Assert.Equal("confirmation_denied", denied.GetProperty("error").Text("code"));
    }

    private static async Task<HttpStatusCode> CallUntilRefusedAsync(TestService service)
    {
        using var client = new HttpClient { BaseAddress = service.Address };
        while (true)
        {
            using var content = new StringContent("""{"tool_name":"add_note","arguments":{"text":"x"}}""", null, "application/json");
            using var response = await client.PostAsync("/v1/tools/call", content, Cancellation);
            if (response.StatusCode is not HttpStatusCode.OK)
                return response.StatusCode;
        }
    }

    private static async Task WaitUntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            Cancellation.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static Task<JsonElement> StopAsync(TestService service) => service.Client.PostJsonAsync("/v1/admin/stop", Because);

    private static Task<JsonElement> StartAsync(TestService service) => service.Client.PostJsonAsync("/v1/admin/start", "{}");

    private static Task<JsonElement> StatusAsync(TestService service) => service.Client.GetJsonAsync("/v1/admin/status");

    private static int Count(JsonElement status, string member) => status.GetProperty(member).GetInt32();
}
