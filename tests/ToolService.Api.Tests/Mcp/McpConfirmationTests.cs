using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ToolService.Api.Tests.Hosting;

namespace ToolService.Api.Tests.Mcp;

public class McpConfirmationTests
{
    private const string CanAsk = """{"elicitation":{}}""";
    private const string Note = """{"text":"one"}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Client_that_cannot_ask_is_told_what_the_call_waits_for()
    {
        TestTools tools = new();
        await using var service = await tools.StartServiceAsync();

        var answer = await service.Client.AnswerAsync(McpMessages.Call("delete_note", Note));

        Assert.Equal("confirmation_required", answer.Meta("status"));
        Assert.Contains(answer.Meta("confirmation_id"), answer.ResultText());
        Assert.Empty(tools.Effects);
    }

    [Fact]
    public async Task Call_sent_again_after_somebody_approved_it_elsewhere_has_its_outcome()
    {
        TestTools tools = new();
        await using var service = await tools.StartServiceAsync();
        const string Meta = """{"toolservice/call_id":"mine"}""";
        var waiting = await service.Client.AnswerAsync(McpMessages.Call("delete_note", Note, meta: Meta));

        await service.Client.PostJsonAsync($"/v1/confirmations/{waiting.Meta("confirmation_id")}", """{"decision":"approve"}""");
        var answer = await service.Client.AnswerAsync(McpMessages.Call("delete_note", Note, meta: Meta));

        Assert.Equal("deleted one", answer.ResultText());
        Assert.Equal(["deleted one"], tools.Effects);
    }

    [Fact]
    public async Task Key_that_may_not_decide_is_not_asked()
    {
        TestTools tools = new();
        await using var service = await TestService.StartAsync(TestKeys.Settings(("bob", ["tools"])));
        tools.AddTo(service);
        using var client = service.ClientWithKey(TestKeys.KeyOf("bob"));

        var answer = await client.AnswerAsync(McpMessages.Call("delete_note", Note, await client.InitializeAsync(CanAsk)));

        Assert.Equal("confirmation_required", answer.Meta("status"));
    }

    [Theory]
    [InlineData("""{"action":"cancel"}""")]
    [InlineData("""{"action":"accept","content":{"approve":"yes"}}""")]
    [InlineData("""{"action":"accept"}""")]
    [InlineData("""{"action":"maybe"}""")]
    public async Task Call_goes_on_waiting_where_nobody_decides(string result)
    {
        TestTools tools = new();
        await using var service = await tools.StartServiceAsync();
        var session = await service.Client.InitializeAsync(CanAsk);

        var answer = await AskedAsync(service.Client, session, question => $$"""{"jsonrpc":"2.0","id":"{{question}}","result":{{result}}}""");

        Assert.Equal("confirmation_required", answer.Meta("status"));
        Assert.Empty(tools.Effects);
    }

    [Fact]
    public async Task Call_goes_on_waiting_where_the_client_fails()
    {
        TestTools tools = new();
        await using var service = await tools.StartServiceAsync();
        var session = await service.Client.InitializeAsync(CanAsk);

        var answer = await AskedAsync(
            service.Client, session, question => $$"""{"jsonrpc":"2.0","id":"{{question}}","error":{"code":-1,"message":"no window"} }""");

        Assert.Equal("confirmation_required", answer.Meta("status"));
    }

    [Fact]
    public async Task Decline_denies_the_call()
    {
        TestTools tools = new();
        await using var service = await tools.StartServiceAsync();
        var session = await service.Client.InitializeAsync(CanAsk);

        var answer = await AskedAsync(
            service.Client, session, question => $$"""{"jsonrpc":"2.0","id":"{{question}}","result":{"action":"decline"} }""");

        Assert.Equal("confirmation_denied", answer.Meta("error"));
        Assert.Empty(tools.Effects);
    }

    [Fact]
    public async Task Session_is_known_after_a_restart()
    {
        TestTools tools = new();
        await using var service = await tools.StartServiceAsync();
        var session = await service.Client.InitializeAsync(CanAsk);
        await service.RestartAsync();
        tools.AddTo(service);

        var answer = await AskedAsync(
            service.Client, session, question => $$$"""{"jsonrpc":"2.0","id":"{{{question}}}","result":{"action":"accept","content":{"approve":true} } }""");

        Assert.Equal("deleted one", answer.ResultText());
    }

    [Fact]
    public async Task Another_key_cannot_answer_the_question()
    {
        TestTools tools = new();
        await using var service = await TestService.StartAsync(TestKeys.Settings(("bob", []), ("eve", [])));
        tools.AddTo(service);
        using var bob = service.ClientWithKey(TestKeys.KeyOf("bob"));
        using var eve = service.ClientWithKey(TestKeys.KeyOf("eve"));
        var session = await bob.InitializeAsync(CanAsk);
        using var request = McpMessages.Call("delete_note", Note, session);
        using var response = await bob.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await using var messages = McpMessages.MessagesOf(response).GetAsyncEnumerator(Cancellation);
        Assert.True(await messages.MoveNextAsync());
        var answer = $$$"""{"jsonrpc":"2.0","id":"{{{messages.Current.Text("id")}}}","result":{"action":"accept","content":{"approve":true} } }""";

        await eve.AnswerAsync(McpMessages.Post(answer), HttpStatusCode.BadRequest);
        Assert.Empty(tools.Effects);
        await bob.AnswerAsync(McpMessages.Post(answer), HttpStatusCode.Accepted);

        Assert.True(await messages.MoveNextAsync());
        Assert.Equal("deleted one", messages.Current.ResultText());
    }

    [Fact]
    public async Task Question_is_withdrawn_when_somebody_decides_elsewhere()
    {
        TestTools tools = new();
        await using var service = await tools.StartServiceAsync();
        var session = await service.Client.InitializeAsync(CanAsk);
        using var request = McpMessages.Call("delete_note", Note, session);
        using var response = await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await using var messages = McpMessages.MessagesOf(response).GetAsyncEnumerator(Cancellation);
        Assert.True(await messages.MoveNextAsync());
        var question = messages.Current.Text("id");
        var confirmation = Assert.Single((await service.Client.GetJsonAsync("/v1/confirmations?status=pending")).EnumerateArray());

        await service.Client.PostJsonAsync($"/v1/confirmations/{confirmation.Text("id")}", """{"decision":"deny","reason":"too late"}""");

        Assert.True(await messages.MoveNextAsync());
        Assert.Equal("notifications/cancelled", messages.Current.Text("method"));
        Assert.Equal(question, messages.Current.GetProperty("params").Text("requestId"));
        Assert.True(await messages.MoveNextAsync());
        Assert.Contains("too late", messages.Current.ResultText());
    }

    [Fact]
    public async Task Question_that_nobody_answers_in_time_leaves_the_call_waiting()
    {
        TestTools tools = new();
        ManualTime time = new();
        await using var service = await TestService.StartAsync(customize: builder => time.Use(builder.Services));
        tools.AddTo(service);
        var session = await service.Client.InitializeAsync(CanAsk);
        using var request = McpMessages.Call("delete_note", Note, session);
        using var response = await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await using var messages = McpMessages.MessagesOf(response).GetAsyncEnumerator(Cancellation);
        Assert.True(await messages.MoveNextAsync());

        time.Advance(TimeSpan.FromMinutes(11));

        JsonElement last;
        do
        {
            Assert.True(await messages.MoveNextAsync());
            last = messages.Current;
        }
        while (!last.TryGetProperty("result", out _));
        Assert.Equal("confirmation_required", last.Meta("status"));
    }

    [Fact]
    public async Task Stopping_service_waits_for_nobodys_answer()
    {
        TestTools tools = new();
        await using var service = await tools.StartServiceAsync(("Server:ShutdownTimeout", "00:10:00"));
        var session = await service.Client.InitializeAsync(CanAsk);
        using var request = McpMessages.Call("delete_note", Note, session);
        using var response = await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);

        await service.RestartAsync();

        var messages = await McpMessages.MessagesOf(response).ToListAsync(Cancellation);
        Assert.Equal("confirmation_required", messages[^1].Meta("status"));
    }

    [Fact]
    public async Task Call_of_the_newer_generation_ends_with_the_question_and_comes_again_with_the_answer()
    {
        TestTools tools = new();
        await using var service = await tools.StartServiceAsync();
        var asked = (await service.Client.AnswerAsync(Modern())).GetProperty("result");
        await service.RestartAsync();
        tools.AddTo(service);

        using var unanswered = await service.Client.SendAsync(Modern(asked.Text("requestState")), Cancellation);
        var answer = await service.Client.AnswerAsync(Modern(asked.Text("requestState"), """{"action":"accept","content":{"approve":true}}"""));

        Assert.Equal("input_required", asked.Text("resultType"));
        Assert.Contains("input_required", await unanswered.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("deleted one", answer.ResultText());
        Assert.Equal(["deleted one"], tools.Effects);
    }

    [Fact]
    public async Task Answer_to_a_question_that_was_not_asked_approves_nothing()
    {
        TestTools tools = new();
        await using var service = await tools.StartServiceAsync();

        var answer = await service.Client.AnswerAsync(Modern(answer: """{"action":"accept","content":{"approve":true}}"""));

        Assert.Equal("input_required", answer.GetProperty("result").Text("resultType"));
        Assert.Empty(tools.Effects);
    }

    private static HttpRequestMessage Modern(string? state = null, string? answer = null)
    {
        var parameters = new JsonObject { ["name"] = "delete_note", ["arguments"] = JsonNode.Parse(Note) };
        if (state is not null)
            parameters["requestState"] = state;
        if (answer is not null)
            parameters["inputResponses"] = new JsonObject { ["confirmation"] = JsonNode.Parse(answer) };
        return McpMessages.ModernPost("tools/call", parameters, new JsonObject { ["elicitation"] = new JsonObject() });
    }

    /// <summary>The result of a call whose question is answered so.</summary>
    private static async Task<JsonElement> AskedAsync(HttpClient client, string session, Func<string, string> answer)
    {
        using var request = McpMessages.Call("delete_note", Note, session);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await using var messages = McpMessages.MessagesOf(response).GetAsyncEnumerator(Cancellation);
        Assert.True(await messages.MoveNextAsync());
        Assert.Equal("elicitation/create", messages.Current.Text("method"));
        await client.AnswerAsync(McpMessages.Post(answer(messages.Current.Text("id")), ("Mcp-Session-Id", session)), HttpStatusCode.Accepted);
        Assert.True(await messages.MoveNextAsync());
        return messages.Current;
    }
}
