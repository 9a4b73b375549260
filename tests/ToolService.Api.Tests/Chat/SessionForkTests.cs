using System.Net;
using System.Text.Json;
using ToolService.Api.Tests.Hosting;
using ToolService.Testing;

namespace ToolService.Api.Tests.Chat;

public sealed class SessionForkTests
{
    private const string Sessions = "/v1/chat/sessions";
    private const string History =
        """{"messages":[{"role":"user","content":"0"},{"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"echo","arguments":"{}"}}]},"""
        + """{"role":"tool","tool_call_id":"a","content":"2"},{"role":"assistant","content":"3"}],"system_prompt":"Be brief.","model":"demo"}""";

    private readonly TestTools _tools = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"at":0}""", 1)]
    [InlineData("""{"at":2}""", 3)]
    [InlineData("""{"at":3}""", 4)]
    [InlineData("{}", 4)]
    [InlineData("""{"at":null}""", 4)]
    [InlineData(null, 4)]
    public async Task Fork_has_the_messages_up_to_the_position(string? body, int count)
    {
        await using var service = await TestService.StartAsync();
        var source = await ImportAsync(service.Client);

        using var content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await service.Client.PostAsync($"{source}/fork", content, Cancellation);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var fork = JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal($"{Sessions}/{fork.Text("session_id")}", response.Headers.Location?.OriginalString);
        Assert.Equal(("Be brief.", "demo", count), (fork.Text("system_prompt"), fork.Text("model"), fork.GetProperty("message_count").GetInt32()));
        var expected = (await ExportAsync(service, source)).EnumerateArray().Take(count + 1).Select(message => message.GetRawText());
        Assert.Equal(expected, (await ExportAsync(service, response.Headers.Location!.OriginalString)).EnumerateArray().Select(message => message.GetRawText()));
    }

    [Theory]
    [InlineData(1, "0, 2")]
    [InlineData(4, "3")]
    [InlineData(int.MaxValue, "3")]
    [InlineData(-1, "0")]
    [InlineData(int.MinValue, "0")]
    public async Task Position_at_which_a_history_cannot_end_is_a_400_that_names_the_nearest(int at, string nearest)
    {
        await using var service = await TestService.StartAsync();
        var source = await ImportAsync(service.Client);

        var problem = await service.Client.PostJsonAsync($"{source}/fork", $$"""{"at":{{at}}}""", HttpStatusCode.BadRequest);

        Assert.Equal("/at", problem.GetProperty("errors")[0].Text("pointer"));
        Assert.EndsWith($"The nearest that will do: {nearest}.", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_session_has_no_position_and_is_forked_whole()
    {
        await using var service = await TestService.StartAsync();
        var source = await ImportAsync(service.Client, "{}");

        await service.Client.PostJsonAsync($"{source}/fork", """{"at":0}""", HttpStatusCode.BadRequest);
        var fork = await service.Client.PostJsonAsync($"{source}/fork", "{}", HttpStatusCode.Created);

        Assert.Equal(0, fork.GetProperty("message_count").GetInt32());
    }

    [Fact]
    public async Task Fork_goes_its_own_way_and_outlives_its_source()
    {
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Text("ok"));
        await using var service = await _tools.StartServiceAsync(model);
        var source = await ImportAsync(service.Client, History.Replace(",\"model\":\"demo\"", "", StringComparison.Ordinal));
        var first = await ForkAsync(service.Client, source);
        var second = await ForkAsync(service.Client, first);

        await service.Client.PostJsonAsync("/v1/chat", $$"""{"session_id":"{{second[(Sessions.Length + 1)..]}}","message":"Go on."}""");
        foreach (var path in (string[])[source, first])
            (await service.Client.DeleteAsync(path, Cancellation)).Dispose();

        Assert.Equal(["system", "user", "assistant", "tool", "assistant", "user", "assistant"], (await ExportAsync(service, second)).EnumerateArray().Select(message => message.Text("role")));
        Assert.Empty(StrictChatCompletions.Violations(Assert.Single(model.Requests).Json));
    }

    [Fact]
    public async Task Session_at_work_is_forked_up_to_what_is_whole()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("delete_note", """{"text":"x"}""")), ScriptedReply.Text("ok"));
        await using var service = await _tools.StartServiceAsync(model);
        var turn = await service.Client.PostJsonAsync("/v1/chat", """{"message":"Go."}""");
        var source = $"{Sessions}/{turn.Text("session_id")}";

        var problem = await service.Client.PostJsonAsync($"{source}/fork", "{}", HttpStatusCode.BadRequest);
        var fork = await service.Client.PostJsonAsync($"{source}/fork", """{"at":0}""", HttpStatusCode.Created);

        Assert.EndsWith("The nearest that will do: 0.", problem.Text("detail"), StringComparison.Ordinal);
        Assert.False(fork.TryGetProperty("active_turn_id", out _));
        await service.Client.PostJsonAsync("/v1/chat", $$"""{"session_id":"{{fork.Text("session_id")}}","message":"Something else."}""");
        Assert.Empty(StrictChatCompletions.Violations(model.Requests[^1].Json));
    }

    [Fact]
    public async Task Unknown_session_and_someone_elses_are_the_same_404()
    {
        await using var service = await TestService.StartAsync(TestKeys.Settings(("alice", []), ("bob", []), ("root", ["admin", "chat"])));
        using var alice = service.ClientWithKey(TestKeys.KeyOf("alice"));
        using var bob = service.ClientWithKey(TestKeys.KeyOf("bob"));
        using var root = service.ClientWithKey(TestKeys.KeyOf("root"));
        var source = await ImportAsync(alice);

        var foreign = await bob.PostJsonAsync($"{source}/fork", """{"at":99}""", HttpStatusCode.NotFound);
        var unknown = await bob.PostJsonAsync($"{Sessions}/sess_0/fork", "{}", HttpStatusCode.NotFound);
        var owned = await root.PostJsonAsync($"{source}/fork", "{}", HttpStatusCode.Created);

        Assert.Equal((foreign.Text("code"), foreign.Text("detail")), (unknown.Text("code"), unknown.Text("detail")));
        await bob.GetJsonAsync($"{source}/messages?format=openai", HttpStatusCode.NotFound);
        Assert.Equal("alice", owned.Text("owner"));
    }

    [Fact]
    public async Task Forks_beside_the_deletion_of_their_source_are_whole_or_not_there()
    {
        await using var service = await TestService.StartAsync();
        for (var round = 0; round < 10; round++)
        {
            var source = await ImportAsync(service.Client);
            var forks = Enumerable.Range(0, 16).Select(_ => service.Client.PostAsync($"{source}/fork", null, Cancellation)).ToList();
            using var deleted = await service.Client.DeleteAsync(source, Cancellation);

            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
            foreach (var response in await Task.WhenAll(forks))
            {
                using (response)
                {
                    if (response.StatusCode == HttpStatusCode.Created)
                        Assert.Equal(5, (await ExportAsync(service, response.Headers.Location!.OriginalString)).GetArrayLength());
                    else
                        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
                }
            }
        }
    }

    private static async Task<string> ImportAsync(HttpClient client, string body = History) =>
        $"{Sessions}/{(await client.PostJsonAsync(Sessions, body, HttpStatusCode.Created)).Text("session_id")}";

    private static async Task<string> ForkAsync(HttpClient client, string path) =>
        $"{Sessions}/{(await client.PostJsonAsync($"{path}/fork", "{}", HttpStatusCode.Created)).Text("session_id")}";

    private static Task<JsonElement> ExportAsync(TestService service, string path) => service.Client.GetJsonAsync($"{path}/messages?format=openai");
}
