using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ToolService.Core.Conversations;
using ToolService.Testing;

namespace ToolService.Api.Tests.Chat;

/// <summary>Turns whose model fails: <c>main</c>, and the ones that stand in for it, <c>spare</c> and <c>last</c>.</summary>
public sealed class FailoverTests
{
    private static readonly ScriptedReply Down = ScriptedReply.Error(500, "down");

    // What is worth a retry, and soon.
    private static readonly ScriptedReply Busy = ScriptedReply.Error(503, "busy", ("retry-after-ms", "1"));

    private readonly TestTools _tools = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_that_failed_is_made_again()
    {
        await using var main = await ScriptedModelServer.StartAsync(Busy, Busy, ScriptedReply.Text("hi"));
        await using var service = await StartAsync([("main", main)], ("Models:Endpoints:main:MaxRetries", "3"));

        var turn = await ChatAsync(service);

        Assert.Equal(("completed", "hi", 1), (turn.Text("status"), turn.Text("reply"), turn.GetProperty("rounds").GetInt32()));
        Assert.Equal(3, main.Requests.Count);
    }

    [Fact]
    public async Task All_rounds_of_a_turn_share_its_retries()
    {
        await using var main = await ScriptedModelServer.StartAsync(
            Busy, ScriptedReply.Calls(("echo", """{"text":"x"}""")), Busy, ScriptedReply.Text("hi"));
        await using var service = await StartAsync([("main", main)], ("Models:Endpoints:main:MaxRetries", "3"), ("Chat:MaxModelRetries", "1"));

        var problem = await ChatAsync(service, HttpStatusCode.BadGateway);

        Assert.Equal("model_error", problem.Text("code"));
        Assert.Equal(3, main.Requests.Count);
    }

    [Fact]
    public async Task Others_answer_in_their_order_and_the_answer_says_who()
    {
        await using var main = await ScriptedModelServer.StartAsync(_ => Down);
        await using var spare = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Error(401, "no key"));
        await using var last = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Text("hi"));
        await using var service = await StartAsync([("main", main), ("spare", spare), ("last", last)]);

        var events = await StreamAsync(service);

        Assert.Equal(["turn_started", "notice", "notice", "content", "done"], events.Select(item => item.Type));
        Assert.Equal(["model_fallback", "model_fallback"], events[1..3].Select(item => item.Data.Text("code")));
        Assert.Equal("Model 'main' failed. Model 'spare' answers in its place.", events[1].Data.Text("message"));
        Assert.Equal("Model 'spare' failed. Model 'last' answers in its place.", events[2].Data.Text("message"));
        Assert.Equal(("main at its provider", "last at its provider"), (events[0].Data.Text("model"), events[^1].Data.Text("model")));
        var session = await service.Client.GetJsonAsync($"/v1/chat/sessions/{events[0].Data.Text("session_id")}");
        Assert.Equal("main", session.Text("model"));
    }

    [Fact]
    public async Task Failure_of_the_last_one_is_the_turns()
    {
        await using var main = await ScriptedModelServer.StartAsync(_ => Down);
        await using var spare = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Error(500, "down as well"));
        await using var service = await StartAsync([("main", main), ("spare", spare)]);

        var problem = await ChatAsync(service, HttpStatusCode.BadGateway);

        Assert.Equal("The provider of model 'spare' failed (HTTP 500): down as well", problem.Text("detail"));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    [InlineData(422)]
    public async Task Request_that_is_at_fault_itself_is_not_made_of_others(int status)
    {
        await using var main = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Error(status, "too much"));
        await using var spare = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Text("hi"));
        await using var service = await StartAsync([("main", main), ("spare", spare)]);

        await ChatAsync(service, HttpStatusCode.BadGateway);

        Assert.Empty(spare.Requests);
    }

    [Fact]
    public async Task Answer_that_broke_off_is_taken_back_and_asked_for_again()
    {
        await using var main = await ScriptedModelServer.StartAsync(
            ScriptedReply.Text("The wrong beginning of it.") with { Pieces = [600], CutAfter = 700 }, ScriptedReply.Text("All of it."));
        await using var service = await StartAsync([("main", main)], ("Models:Endpoints:main:MaxRetries", "1"));

        var events = await StreamAsync(service);

        var notice = Assert.Single(events, item => item.Type == "notice");
        Assert.Equal("model_retry", notice.Data.Text("code"));
        Assert.Contains(events, item => item.Type == "content" && item.Id < notice.Id);
        Assert.Equal("All of it.", TextLeft(events));
        Assert.Equal("All of it.", events[^1].Data.Text("reply"));
        Assert.Equal(["Go.", "All of it."], await TextsAsync(service, events));
    }

    [Fact]
    public async Task Answer_that_breaks_off_again_is_left_to_another_model()
    {
        await using var main = await ScriptedModelServer.StartAsync(
            _ => ScriptedReply.Text("The wrong beginning of it.") with { Pieces = [600], CutAfter = 700 });
        await using var spare = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Text("All of it."));
        await using var service = await StartAsync([("main", main), ("spare", spare)], ("Models:Endpoints:main:MaxRetries", "1"));

        var events = await StreamAsync(service);

        Assert.Equal(["model_retry", "model_fallback"], events.Where(item => item.Type == "notice").Select(item => item.Data.Text("code")));
        Assert.Equal("All of it.", TextLeft(events));
        Assert.Equal(["Go.", "All of it."], await TextsAsync(service, events));
        Assert.Equal(2, main.Requests.Count);
    }

    [Fact]
    public async Task Thoughts_that_broke_off_are_asked_for_again()
    {
        var thought = "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"Hm.\"}}]}\n\n";
        await using var main = await ScriptedModelServer.StartAsync(
            ScriptedReply.Raw("text/event-stream", thought + thought) with { Pieces = [thought.Length], CutAfter = thought.Length + 9 },
            ScriptedReply.Text("hi"));
        await using var service = await StartAsync([("main", main)], ("Models:Endpoints:main:MaxRetries", "1"));

        Assert.Equal("hi", (await ChatAsync(service)).Text("reply"));
    }

    [Fact]
    public async Task Results_of_calls_go_over_to_the_model_that_stands_in()
    {
        await using var main = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("add_note", """{"text":"x"}""")), Down);
        await using var spare = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("echo", """{"text":"y"}""")), ScriptedReply.Text("Noted."));
        await using var service = await StartAsync(
            [("main", main), ("spare", spare)],
            ("Models:Endpoints:main:InputPrice", "1000"), ("Models:Endpoints:spare:InputPrice", "3000"), ("Models:Endpoints:spare:OutputPrice", "6000"));

        var turn = await ChatAsync(service);

        Assert.Equal(("Noted.", 3), (turn.Text("reply"), turn.GetProperty("rounds").GetInt32()));
        Assert.Equal(["x"], _tools.Effects);
        var roles = spare.Requests[0].Json.GetProperty("messages").EnumerateArray().Select(message => message.Text("role"));
        Assert.Equal(["system", "user", "assistant", "tool"], roles);
        Assert.Equal(2, main.Requests.Count);
        // 10 tokens read and 5 written in each round that was answered: one of them by the model that failed later.
        var stored = await service.Services.GetRequiredService<IConversationStore>().FindTurnAsync(turn.Text("turn_id"), null, Cancellation);
        Assert.Equal(0.01 + (2 * (0.03 + 0.03)), stored!.Cost!.Value, 9);
    }

    [Fact]
    public async Task Turn_stays_with_the_model_that_stands_in_over_a_restart_and_the_next_one_does_not()
    {
        await using var main = await ScriptedModelServer.StartAsync(Down, ScriptedReply.Text("Back."));
        await using var spare = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("delete_note", """{"text":"x"}""")), ScriptedReply.Text("Deleted."));
        await using var service = await StartAsync([("main", main), ("spare", spare)]);
        var waiting = await ChatAsync(service);
        await service.RestartAsync();
        _tools.AddTo(service);

        await service.Client.PostJsonAsync(
            $"/v1/confirmations/{waiting.GetProperty("pending_confirmations")[0].Text("id")}", """{"decision":"approve"}""");
        var turn = await EndOfAsync(service, waiting.Text("turn_id"));

        Assert.Equal(("Deleted.", "spare at its provider", 1), (turn.Text("reply"), turn.Text("model"), main.Requests.Count));
        var next = await service.Client.PostJsonAsync("/v1/chat", $$"""{"message":"More.","session_id":"{{turn.Text("session_id")}}"}""");
        Assert.Equal(("Back.", "main at its provider"), (next.Text("reply"), next.Text("model")));
    }

    [Fact]
    public async Task Cancelled_while_it_waits_for_a_retry_a_turn_ends_at_once()
    {
        await using var main = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Error(429, "slow down", ("Retry-After", "50")));
        await using var service = await StartAsync([("main", main)], ("Models:Endpoints:main:MaxRetries", "3"));
        var turn = await InBackgroundAsync(service);
        await ArrivedAsync(main, 1);

        await service.Client.PostJsonAsync($"/v1/chat/turns/{turn}/cancel", "");

        Assert.Equal("cancelled", (await EndOfAsync(service, turn)).Text("status"));
        Assert.Single(main.Requests);
    }

    // As a client reads it: a notice takes back what came after the event that it names.
    private static string TextLeft(IEnumerable<WatchedEvent> events)
    {
        List<WatchedEvent> pieces = [];
        foreach (var item in events)
        {
            if (item.Type == "content")
                pieces.Add(item);
            else if (item.Data.TryGetProperty("void_after", out var voidAfter))
                pieces.RemoveAll(piece => piece.Id > voidAfter.GetInt32());
        }

        return string.Concat(pieces.Select(piece => piece.Data.Text("content")));
    }

    private static async Task<List<string>> TextsAsync(TestService service, List<WatchedEvent> events)
    {
        var messages = await service.Client.GetJsonAsync($"/v1/chat/sessions/{events[0].Data.Text("session_id")}/messages");
        return [.. messages.EnumerateArray().Select(message => message.Text("content"))];
    }

    private static async Task<List<WatchedEvent>> StreamAsync(TestService service)
    {
        var reader = new EventReader(service.Client, null);
        await reader.StartTurnAsync("""{"message":"Go.","stream":true}""", int.MaxValue);
        return reader.Events;
    }

    private static Task<JsonElement> ChatAsync(TestService service, HttpStatusCode expected = HttpStatusCode.OK) =>
        service.Client.PostJsonAsync("/v1/chat", """{"message":"Go."}""", expected);

    private static async Task<string> InBackgroundAsync(TestService service) =>
        (await service.Client.PostJsonAsync("/v1/chat", """{"message":"Go.","background":true}""", HttpStatusCode.Accepted)).Text("turn_id");

    private static async Task ArrivedAsync(ScriptedModelServer server, int requests)
    {
        while (server.Requests.Count < requests)
        {
            Cancellation.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task<JsonElement> EndOfAsync(TestService service, string turnId)
    {
        while (true)
        {
            var turn = await service.Client.GetJsonAsync($"/v1/chat/turns/{turnId}");
            if (turn.Text("status") is "completed" or "cancelled" or "failed")
                return turn;
        }
    }

    private Task<TestService> StartAsync((string Name, ScriptedModelServer Server)[] models, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string> { ["Models:Default"] = "main" };
        foreach (var (name, server) in models)
        {
            var endpoint = $"Models:Endpoints:{name}";
            all[$"{endpoint}:BaseUrl"] = server.BaseUrl.ToString();
            (all[$"{endpoint}:Model"], all[$"{endpoint}:ApiKey"], all[$"{endpoint}:MaxRetries"]) = ($"{name} at its provider", "test", "0");
            if (name != "main")
                all[$"Models:Endpoints:main:Fallbacks:{all.Count}"] = name;
        }

        foreach (var (name, value) in settings)
            all[name] = value;
        return _tools.StartServiceAsync([.. all.Select(setting => (setting.Key, setting.Value))]);
    }
}
