using System.Net;
using System.Text;
using System.Text.Json;
using ToolService.Testing;

namespace ToolService.Api.Tests.Chat;

public sealed class IdempotencyKeyTests
{
    private const string Go = """{"message":"Go."}""";
    private readonly TestTools _tools = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Same_request_gets_the_same_turn()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("add_note", """{"text":"x"}""")), ScriptedReply.Text("done"));
        await using var service = await StartAsync(model);

        var (first, replayed) = await ChatAsync(service, Go);
        var (second, replayedAgain) = await ChatAsync(service, Go);

        Assert.True(JsonElement.DeepEquals(first, second), $"{first}\n{second}");
        Assert.Equal((false, true), (replayed, replayedAgain));
        Assert.Single(_tools.Effects);
        Assert.Equal(2, model.Requests.Count);
    }

    [Fact]
    public async Task Same_request_waits_for_the_turn_that_is_at_work()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("slow_note", """{"text":"x"}""")), ScriptedReply.Text("done"));
        await using var service = await StartAsync(model);
        var first = ChatAsync(service, Go);
        await _tools.Started;
        Task<(JsonElement Turn, bool)>[] others = [.. Enumerable.Range(0, 5).Select(_ => ChatAsync(service, Go))];

        _tools.Release();

        var turn = (await first).Turn.Text("turn_id");
        Assert.All(await Task.WhenAll(others), other => Assert.Equal((turn, "completed"), (other.Turn.Text("turn_id"), other.Turn.Text("status"))));
        Assert.Single(_tools.Effects);
    }

    [Fact]
    public async Task Requests_at_the_same_moment_begin_one_turn()
    {
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Text("done"));
        await using var service = await StartAsync(model);

        var turns = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ChatAsync(service, Go)));

        Assert.Single(turns.Select(turn => turn.Turn.Text("turn_id")).Distinct());
        Assert.Equal(1, turns.Count(turn => !turn.Replayed));
        Assert.Single(model.Requests);
    }

    [Fact]
    public async Task Same_request_gets_the_same_turn_after_a_restart()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text("done"));
        await using var service = await StartAsync(model);
        var (first, _) = await ChatAsync(service, Go);

        await service.RestartAsync();
        var (second, _) = await ChatAsync(service, Go);

        Assert.True(JsonElement.DeepEquals(first, second), $"{first}\n{second}");
    }

    [Fact]
    public async Task Turn_that_waits_for_a_person_is_found_waiting()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("delete_note", """{"text":"x"}""")));
        await using var service = await StartAsync(model);
        var (first, _) = await ChatAsync(service, Go);

        var (second, _) = await ChatAsync(service, Go);

        Assert.Equal("awaiting_confirmation", second.Text("status"));
        Assert.Equal(
            first.GetProperty("pending_confirmations")[0].Text("id"), second.GetProperty("pending_confirmations")[0].Text("id"));
    }

    [Fact]
    public async Task Stream_of_the_same_request_ends_with_the_same_turn()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text("done"));
        await using var service = await StartAsync(model);
        var (first, _) = await ChatAsync(service, Go);

        using var request = Request("""{"message":"Go.","stream":true}""", "key-1");
        using var response = await service.Client.SendAsync(request, Cancellation);

        var events = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("event: done", events, StringComparison.Ordinal);
        Assert.Contains(first.Text("turn_id"), events, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"message":"Stop."}""")]
    [InlineData("""{"message":"Go.","max_rounds":1}""")]
    [InlineData("""{"message":"Go.","continue_previous":true}""")]
    [InlineData("""{"message":"Go.","plan":true}""")]
    [InlineData("""{"message":"Go.","refine":false}""")]
    [InlineData("""{"message":"Go.","tools":[]}""")]
    [InlineData("""{"message":"Go.","system_prompt":"Be brief."}""")]
    public async Task Same_key_with_another_request_is_a_conflict(string other)
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text("done"));
        await using var service = await StartAsync(model);
        var (first, _) = await ChatAsync(service, Go);

        var (problem, _) = await ChatAsync(service, other, expected: HttpStatusCode.Conflict);

        Assert.Equal("idempotency_key_reused", problem.Text("code"));
        Assert.Equal(first.Text("turn_id"), problem.Text("turn_id"));
        Assert.Single(model.Requests);
    }

    [Fact]
    public async Task Other_keys_and_none_begin_turns_of_their_own()
    {
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Text("done"));
        await using var service = await StartAsync(model);

        string?[] keys = ["key-1", "key-2", null, null];
        List<string> turns = [];
        foreach (var key in keys)
            turns.Add((await ChatAsync(service, Go, key)).Turn.Text("turn_id"));

        Assert.Equal(4, turns.Distinct().Count());
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("é")]
    public async Task Malformed_key_is_refused(string key)
    {
        await using var service = await TestService.StartAsync();

        var (problem, _) = await ChatAsync(service, Go, Uri.EscapeDataString(key), HttpStatusCode.BadRequest);

        Assert.Contains("Idempotency-Key", problem.Text("detail"), StringComparison.Ordinal);
    }

    private static async Task<(JsonElement Turn, bool Replayed)> ChatAsync(
        TestService service, string body, string? key = "key-1", HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var request = Request(body, key);
        using var response = await service.Client.SendAsync(request, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.StatusCode == expected, $"{response.StatusCode}: {text}");
        return (JsonElement.Parse(text), response.Headers.TryGetValues("Idempotent-Replayed", out var values) && values.Single() == "true");
    }

    private static HttpRequestMessage Request(string body, string? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return request;
    }

    private Task<TestService> StartAsync(ScriptedModelServer model) =>
        _tools.StartServiceAsync([
            ("Models:Endpoints:scripted:BaseUrl", model.BaseUrl.ToString()), ("Models:Endpoints:scripted:Model", "scripted"),
            ("Models:Endpoints:scripted:ApiKey", "test"), ("Models:Default", "scripted")]);
}
