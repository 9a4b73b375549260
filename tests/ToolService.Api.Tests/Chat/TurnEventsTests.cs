using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ToolService.Api.Tests.Hosting;
using ToolService.Core.Conversations;
using ToolService.Testing;

namespace ToolService.Api.Tests.Chat;

public sealed class TurnEventsTests
{
    private const string Streamed = """{"message":"Go.","stream":true}""";

    private readonly TestTools _tools = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_cut_at_a_hundred_places_and_resumed_is_the_stored_log_byte_for_byte()
    {
        var rounds = 0;
        await using var model = await ScriptedModelServer.StartAsync(_ => Interlocked.Increment(ref rounds) < 15
            ? ScriptedReply.Message($"Round {rounds}: Grüße, 世界 🙂.", [("echo", """{"text":"a"}"""), ("echo", """{"text":"b"}"""), ("refuse", "{}")])
            : ScriptedReply.Text("That is all."));
        await using var service = await StartAsync(model, ("Chat:MaxFailingRounds", "100"));
        var start = new EventReader(service.Client, null);
        var turnId = await start.StartTurnAsync("""{"message":"Go.","stream":true}""", Random.Shared.Next(200, 600));

        var log = new StringBuilder(start.Text);
        for (var (cut, last) = (0, start.LastId); cut < 100; cut++)
        {
            // Most cuts hit the middle of an event; what came of that one is thrown away, as a client does.
            var reader = new EventReader(service.Client, turnId);
            await reader.ReadAsync(last, Random.Shared.Next(1, 500));
            log.Append(reader.Text);
            last = reader.LastId ?? last;
        }

        var rest = new EventReader(service.Client, turnId);
        await rest.ReadAsync(LastIdIn(log.ToString()), int.MaxValue);
        log.Append(rest.Text);

        Assert.Equal(await StoredAsync(service, turnId), log.ToString());
        Assert.EndsWith("\n\n", log.ToString(), StringComparison.Ordinal);
        Assert.Contains("\nevent: done\n", log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watchers_before_during_and_after_the_turn_and_a_restart_get_the_same()
    {
        var release = new TaskCompletionSource();
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("echo", """{"text":"x"}""")), ScriptedReply.Text("Some words.") with { Release = release.Task, ReleaseAfter = 200 });
        await using var service = await StartAsync(model);
        var start = new EventReader(service.Client, null);
        var turnId = await start.StartTurnAsync("""{"message":"Go.","stream":true}""", 50);
        var during = new EventReader(service.Client, turnId);
        var reading = during.ReadAsync("0", int.MaxValue);

        release.SetResult();
        await reading;
        var after = await StoredAsync(service, turnId);
        await service.RestartAsync();
        var restarted = await StoredAsync(service, turnId);

        Assert.Equal(after, during.Text);
        Assert.Equal(after, restarted);
        Assert.StartsWith(start.Text, after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watcher_stays_while_the_turn_waits_for_a_person_and_sees_it_end()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("delete_note", """{"text":"y"}""")), ScriptedReply.Text("Deleted."));
        await using var service = await StartAsync(model);
        var turn = await service.Client.PostJsonAsync("/v1/chat", """{"message":"Go."}""");
        var reader = new EventReader(service.Client, turn.Text("turn_id"));
        var reading = reader.ReadAsync("0", int.MaxValue);

        await service.Client.PostJsonAsync(
            $"/v1/confirmations/{turn.GetProperty("pending_confirmations")[0].Text("id")}", """{"decision":"approve"}""");
        await reading;

        Assert.Equal(
            ["turn_started", "tool_calls", "confirmation_required", "done", "tool_result", "content", "done"],
            reader.Events.Select(item => item.Type));
        Assert.Equal(["awaiting_confirmation", "completed"], reader.Events.Where(item => item.Type == "done").Select(item => item.Data.Text("status")));
    }

    [Fact]
    public async Task Restart_adds_nothing_to_the_log_of_a_turn_that_waits_for_a_person()
    {
        await using var service = await TestService.StartAsync(new Dictionary<string, string> { ["Tools:RequireConfirmation:0"] = "get_random_number" });
        var turn = await service.Client.PostJsonAsync("/v1/chat", """{"message":"get_random_number {\"min\": 6, \"max\": 6}"}""");
        var before = await StoredAsync(service, turn.Text("turn_id"));

        await service.RestartAsync();
        await service.Client.PostJsonAsync(
            $"/v1/confirmations/{turn.GetProperty("pending_confirmations")[0].Text("id")}", """{"decision":"approve"}""");
        var events = await EventsAsync(service, turn.Text("turn_id"));

        Assert.StartsWith(before, await StoredAsync(service, turn.Text("turn_id")), StringComparison.Ordinal);
        Assert.Equal(["tool_result", "content", "done"], events[before.Split("\n\n")[..^1].Length..].Select(item => item.Type));
    }

    [Fact]
    public async Task Results_are_shown_when_they_are_there_and_not_when_the_round_is_over()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("slow_note", """{"text":"slow"}"""), ("echo", """{"text":"fast"}""")), ScriptedReply.Text("Done."));
        await using var service = await StartAsync(model);
        var start = new EventReader(service.Client, null);

        var turnId = await start.StartTurnAsync("""{"message":"Go.","stream":true}""", int.MaxValue, until: "tool_result");
        Assert.Equal("echo", start.Events[^1].Data.GetProperty("result").Text("tool_name"));
        _tools.Release();

        Assert.Equal(
            ["echo", "slow_note"],
            (await EventsAsync(service, turnId)).Where(item => item.Type == "tool_result").Select(item => item.Data.GetProperty("result").Text("tool_name")));
    }

    [Fact]
    public async Task Text_that_a_stop_cut_is_taken_back_by_a_notice()
    {
        var answers = 0;
        var never = new TaskCompletionSource();
        await using var model = await ScriptedModelServer.StartAsync(_ => Interlocked.Increment(ref answers) == 1
            ? ScriptedReply.Text("This answer breaks off in the middle of it.") with { Release = never.Task, ReleaseAfter = 600 }
            : ScriptedReply.Text("Whole."));
        await using var service = await StartAsync(model);
        var start = new EventReader(service.Client, null);
        var turnId = await start.StartTurnAsync("""{"message":"Go.","stream":true}""", int.MaxValue, until: "content");

        await service.RestartAsync();

        var events = await EventsAsync(service, turnId);
        Assert.Equal(["service_stopping", "resumed"], events.Where(item => item.Type == "notice").Select(item => item.Data.Text("code")));
        var voidAfter = events.First(item => item.Type == "notice").Data.GetProperty("void_after").GetInt32();
        var notice = events.FindIndex(item => item.Type == "notice");
        var text = events.Where((item, place) => item.Type == "content" && (item.Id <= voidAfter || place > notice)).Select(item => item.Data.Text("content"));
        Assert.Equal("Whole.", string.Concat(text));
        Assert.Equal("Whole.", events[^1].Data.Text("reply"));
        never.SetResult();
    }

    [Fact]
    public async Task Watcher_of_a_turn_at_work_is_told_that_the_service_stops()
    {
        var never = new TaskCompletionSource();
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Text("Words.") with { Release = never.Task });
        await using var service = await StartAsync(model);
        var turnId = await new EventReader(service.Client, null).StartTurnAsync(Streamed, int.MaxValue, until: "turn_started");
        // One of its own, since a restart disposes the service's.
        using var client = new HttpClient { BaseAddress = service.Address };
        using var watch = await client.GetAsync($"/v1/chat/turns/{turnId}/events", HttpCompletionOption.ResponseHeadersRead, Cancellation);

        await service.RestartAsync();

        Assert.Contains("\"code\":\"service_stopping\"", await watch.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        never.SetResult();
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Client_that_does_not_read_does_not_hold_up_the_stop(bool isStream)
    {
        const string End = """{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""";
        var piece = $$$"""{"choices":[{"index":0,"delta":{"content":"{{{new string('x', 200_000)}}}"}}]}""";
        // More than the buffers between the two hold.
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Chunks([.. Enumerable.Repeat(piece, 80), End]));
        await using var service = await StartAsync(model, ("Server:ShutdownTimeout", "00:10:00"));
        var turnId = isStream ? null : (await service.Client.PostJsonAsync("/v1/chat", """{"message":"Go."}""")).Text("turn_id");
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await client.ConnectAsync(service.Address.Host, service.Address.Port, Cancellation);
        var request = isStream
            ? "POST /v1/chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + $"Content-Length: {Streamed.Length}\r\n\r\n{Streamed}"
            : $"GET /v1/chat/turns/{turnId}/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
        await client.SendAsync(Encoding.ASCII.GetBytes(request), Cancellation);
        await client.ReceiveAsync(new byte[100], Cancellation);
        while ((await service.Client.GetJsonAsync("/v1/chat/sessions"))[0].TryGetProperty("active_turn_id", out _))
            await Task.Yield();

        await service.RestartAsync();

        await service.Client.GetJsonAsync("/health");
    }

    [Fact]
    public async Task Ended_turn_has_no_more_events_after_its_last()
    {
        await using var service = await TestService.StartAsync();
        var turnId = await TurnAsync(service);
        var last = (await EventsAsync(service, turnId))[^1].Id;

        await service.Client.GetJsonAsync($"/v1/chat/turns/{turnId}/events?after={last}", HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Header_wins_over_the_query()
    {
        await using var service = await TestService.StartAsync();
        var turnId = await TurnAsync(service);
        var reader = new EventReader(service.Client, turnId) { Query = "?after=0" };

        await reader.ReadAsync("2", int.MaxValue);

        Assert.Equal(3, reader.Events[0].Id);
    }

    [Theory]
    [InlineData("?after=x")]
    [InlineData("?after=-1")]
    [InlineData("?after=1.5")]
    [InlineData("?after=99999999999")]
    [InlineData("?after=1000")]
    public async Task Place_that_is_none_of_the_turns_is_refused(string query)
    {
        await using var service = await TestService.StartAsync();
        var turnId = await TurnAsync(service);

        var problem = await service.Client.GetJsonAsync($"/v1/chat/turns/{turnId}/events{query}", HttpStatusCode.BadRequest);

        Assert.Equal("invalid_request", problem.Text("code"));
    }

    [Fact]
    public async Task Foreign_turn_is_the_same_404_as_an_unknown_one()
    {
        await using var service = await TestService.StartAsync(TestKeys.Settings(("ann", []), ("bob", [])));
        using var ann = service.ClientWithKey(TestKeys.KeyOf("ann"));
        using var bob = service.ClientWithKey(TestKeys.KeyOf("bob"));
        var turn = await ann.PostJsonAsync("/v1/chat", """{"message":"What is 2 * 3?"}""");

        var foreign = await bob.GetJsonAsync($"/v1/chat/turns/{turn.Text("turn_id")}/events", HttpStatusCode.NotFound);
        var unknown = await bob.GetJsonAsync("/v1/chat/turns/turn_1/events", HttpStatusCode.NotFound);

        Assert.Equal(unknown.Text("detail"), foreign.Text("detail"));
        Assert.Equal(unknown.Text("code"), foreign.Text("code"));
    }

    [Fact]
    public async Task Deleted_events_are_gone_and_the_outcome_is_not()
    {
        await using var service = await TestService.StartAsync();
        var turnId = await TurnAsync(service);
        var store = service.Services.GetRequiredService<ITurnEventStore>();

        Assert.Equal(1, await store.DeleteBeforeAsync(DateTimeOffset.UtcNow.AddMinutes(1), 10, Cancellation));
        Assert.Equal(0, await store.DeleteBeforeAsync(DateTimeOffset.UtcNow.AddMinutes(1), 10, Cancellation));

        var problem = await service.Client.GetJsonAsync($"/v1/chat/turns/{turnId}/events?after=1", HttpStatusCode.Gone);
        Assert.Equal("events_expired", problem.Text("code"));
        Assert.Equal("completed", (await service.Client.GetJsonAsync($"/v1/chat/turns/{turnId}")).Text("status"));
    }

    [Fact]
    public async Task Clients_that_leave_a_quiet_stream_are_no_fault()
    {
        RecordingLogs logs = new();
        var service = await TestService.StartAsync(
            new Dictionary<string, string> { ["Tools:RequireConfirmation:0"] = "get_random_number" },
            builder => builder.Logging.AddProvider(logs));
        await using (service)
        {
            var turn = await service.Client.PostJsonAsync("/v1/chat", """{"message":"get_random_number {\"min\": 1, \"max\": 6}"}""");
            var path = $"/v1/chat/turns/{turn.Text("turn_id")}/events?after=4";
            // Many, since what could go wrong is a race.
            var watches = await Task.WhenAll(Enumerable.Range(0, 200).Select(
                _ => service.Client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Cancellation)));
            foreach (var watch in watches)
                watch.Dispose();
        }

        // The service has stopped, so the request has ended.
        Assert.DoesNotContain(logs.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Repeated_request_streams_the_whole_log()
    {
        await using var service = await TestService.StartAsync();
        const string Body = """{"message":"What is 2 * 3?","stream":true}""";
        var first = new EventReader(service.Client, null) { Key = "k-1" };
        var turnId = await first.StartTurnAsync(Body, int.MaxValue);
        var second = new EventReader(service.Client, null) { Key = "k-1" };
        await second.StartTurnAsync(Body, int.MaxValue);

        Assert.Equal(first.Text, second.Text);
        Assert.Equal(await StoredAsync(service, turnId), first.Text);
    }

    private static async Task<string> TurnAsync(TestService service) =>
        (await service.Client.PostJsonAsync("/v1/chat", """{"message":"What is 2 * 3?"}""")).Text("turn_id");

    private static async Task<List<WatchedEvent>> EventsAsync(TestService service, string turnId)
    {
        var reader = new EventReader(service.Client, turnId);
        await reader.ReadAsync(null, int.MaxValue);
        return reader.Events;
    }

    /// <summary>The log as the store has it, as it is to be sent.</summary>
    private static async Task<string> StoredAsync(TestService service, string turnId)
    {
        var events = await service.Services.GetRequiredService<ITurnEventStore>().ListAsync(turnId, 0, int.MaxValue, Cancellation);
        Assert.Equal(Enumerable.Range(1, events.Count), events.Select(item => item.Sequence));
        return string.Concat(events.Select(item => string.Create(
            CultureInfo.InvariantCulture, $"id: {item.Sequence}\nevent: {item.Type}\ndata: {item.Data}\n\n")));
    }

    private static string LastIdIn(string log) => log[(log.LastIndexOf("id: ", StringComparison.Ordinal) + 4)..].Split('\n')[0];

    private Task<TestService> StartAsync(ScriptedModelServer model, params (string Name, string Value)[] settings) => _tools.StartServiceAsync(
        [("OPENAI_BASE_URL", model.BaseUrl.ToString()), ("OPENAI_API_KEY", "test"), ("MODEL_NAME", "scripted"), .. settings]);
}
