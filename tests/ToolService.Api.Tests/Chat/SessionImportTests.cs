using System.Net;
using System.Text;
using System.Text.Json;
using ToolService.Api.Tests.Hosting;
using ToolService.Testing;

namespace ToolService.Api.Tests.Chat;

public sealed class SessionImportTests
{
    private const string Sessions = "/v1/chat/sessions";
    private const string User = """{"role":"user","content":"Go."}""";
    private const string Call = """{"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"echo","arguments":"{}"}}]}""";
    private const string TwoCalls =
        """{"role":"assistant","content":"Both.","tool_calls":[{"id":"a","type":"function","function":{"name":"echo","arguments":"{}"}},"""
        + """{"id":"b","type":"function","function":{"name":"echo","arguments":"{\"text\":"}}]}""";

    private readonly TestTools _tools = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task History_is_sent_to_the_model_as_it_was_brought()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text("ok"));
        await using var service = await _tools.StartServiceAsync(model);
        var session = await ImportAsync(service, """{"role":"developer","content":"Be brief."}""", User, TwoCalls, Result("a", "one"), Result("b", "two"));

        await ChatAsync(service, session, "And?");

        Assert.Equal(
            """[{"role":"system","content":"Be brief."},{"role":"user","content":"Go."},"""
            + """{"role":"assistant","content":"Both.","tool_calls":[{"id":"a","type":"function","function":{"name":"echo","arguments":"{}"}},"""
            + """{"id":"b","type":"function","function":{"name":"echo","arguments":"{}"}}]},"""
            + """{"role":"tool","tool_call_id":"a","content":"one"},{"role":"tool","tool_call_id":"b","content":"two"},"""
            + """{"role":"assistant","content":"[No answer: the turn ended before there was one.]"},{"role":"user","content":"And?"}]""",
            Assert.Single(model.Requests).Json.GetProperty("messages").GetRawText());
    }

    [Fact]
    public async Task Answer_is_a_201_with_the_session_and_its_address()
    {
        await using var service = await TestService.StartAsync();

        using var response = await PostAsync(service, $$"""{"messages":[{{User}}],"system_prompt":"Be brief.","model":"demo"}""");

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var session = JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal($"{Sessions}/{session.Text("session_id")}", response.Headers.Location?.OriginalString);
        Assert.Equal(("Be brief.", "demo", 1), (session.Text("system_prompt"), session.Text("model"), session.GetProperty("message_count").GetInt32()));
        Assert.True(JsonElement.DeepEquals(session, await service.Client.GetJsonAsync(response.Headers.Location!.OriginalString)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"messages":[]}""")]
    [InlineData("""{"messages":null,"system_prompt":null,"model":null}""")]
    public async Task Session_without_messages_is_empty_and_can_be_talked_to(string body)
    {
        await using var service = await TestService.StartAsync();

        var session = await service.Client.PostJsonAsync(Sessions, body, HttpStatusCode.Created);

        Assert.Equal(0, session.GetProperty("message_count").GetInt32());
        Assert.Equal("completed", (await ChatAsync(service, session, "Hello.")).Text("status"));
    }

    [Fact]
    public async Task Messages_belong_to_no_turn_and_their_calls_to_no_history()
    {
        await using var service = await TestService.StartAsync();
        var session = await ImportAsync(service, User, TwoCalls, Result("a", "one"), Result("b", "two"));

        var messages = await service.Client.GetJsonAsync($"{Sessions}/{session.Text("session_id")}/messages");

        Assert.Equal(["user", "assistant", "tool"], messages.EnumerateArray().Select(message => message.Text("role")));
        Assert.DoesNotContain(messages.EnumerateArray(), message => message.TryGetProperty("turn_id", out _));
        var calls = messages[1].GetProperty("tool_calls");
        Assert.Equal("{\"text\":", calls[1].Text("arguments"));
        Assert.All(calls.EnumerateArray(), call => Assert.StartsWith("call_", call.Text("call_id"), StringComparison.Ordinal));
        Assert.Equal(
            calls.EnumerateArray().Select(call => call.Text("call_id")),
            messages[2].GetProperty("tool_results").EnumerateArray().Select(result => result.Text("call_id")));
        Assert.Equal(0, (await service.Client.GetJsonAsync("/v1/tools/history")).GetArrayLength());
    }

    [Theory]
    [InlineData("""[{"role":"user","content":"12345"}]""", "/messages/0/content", "maxLength")]
    [InlineData("""[{"role":"system","content":"12345"}]""", "/messages/0/content", "maxLength")]
    [InlineData($"[{User},{User},{User},{User}]", "/messages", "maxItems")]
    public async Task Bounds_are_the_operators(string messages, string pointer, string keyword)
    {
        await using var service = await TestService.StartAsync(
            new Dictionary<string, string> { ["Chat:MaxImportedMessages"] = "3", ["Chat:MaxMessageCharacters"] = "4" });

        var problem = await service.Client.PostJsonAsync(Sessions, $$"""{"messages":{{messages}}}""", HttpStatusCode.BadRequest);

        Assert.Equal((pointer, keyword), (problem.GetProperty("errors")[0].Text("pointer"), problem.GetProperty("errors")[0].Text("keyword")));
    }

    [Fact]
    public async Task Ten_thousand_messages_are_brought_forked_taken_along_and_talked_to()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text("ok"));
        await using var service = await _tools.StartServiceAsync(model);
        string[] messages = [.. Enumerable.Range(0, 10_000).Select(i => i % 2 == 0 ? User : """{"role":"assistant","content":"ok"}""")];

        var session = await ImportAsync(service, messages);
        var fork = await service.Client.PostJsonAsync($"{Sessions}/{session.Text("session_id")}/fork", """{"at":9998}""", HttpStatusCode.Created);
        var taken = await service.Client.GetJsonAsync($"{Sessions}/{fork.Text("session_id")}/messages?format=openai");
        await ChatAsync(service, session, "More.");

        Assert.Equal(9_999, taken.GetArrayLength());
        Assert.Empty(StrictChatCompletions.Violations(Assert.Single(model.Requests).Json));
        Assert.Equal(10_002, model.Requests[0].Json.GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public async Task Ten_megabytes_are_a_413()
    {
        await using var service = await TestService.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, Sessions)
        {
            Content = new StringContent($$"""{"messages":[{"role":"user","content":"{{new string('x', 10_000_000)}}"}]}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.ExpectContinue = true;

        using var response = await service.Client.SendAsync(request, Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.RequestEntityTooLarge, "body_too_large");
    }

    [Fact]
    public async Task Nesting_without_end_is_a_400_in_the_body_and_kept_in_arguments()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text("ok"));
        await using var service = await _tools.StartServiceAsync(model);
        var deep = new string('[', 10_000) + new string(']', 10_000);

        using var response = await PostAsync(service, $$"""{"messages":[{"role":"user","content":{{deep}}}]}""");
        await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, "malformed_json");
        var session = await ImportAsync(service, User, Call.Replace("{}", deep, StringComparison.Ordinal), Result("a", "\\u0000"));
        await ChatAsync(service, session, "More.");

        Assert.Empty(StrictChatCompletions.Violations(Assert.Single(model.Requests).Json));
        var taken = await service.Client.GetJsonAsync($"{Sessions}/{session.Text("session_id")}/messages?format=openai");
        Assert.Equal(deep, taken[1].GetProperty("tool_calls")[0].GetProperty("function").Text("arguments"));
    }

    [Fact]
    public async Task Text_parts_are_joined_by_line_breaks()
    {
        await using var service = await TestService.StartAsync();

        var session = await ImportAsync(service, """{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}""");

        Assert.Equal("a\nb", (await service.Client.GetJsonAsync($"{Sessions}/{session.Text("session_id")}/messages"))[0].Text("content"));
    }

    private static string Result(string id, string text) => $$"""{"role":"tool","tool_call_id":"{{id}}","content":"{{text}}"}""";

    private static Task<JsonElement> ImportAsync(TestService service, params string[] messages) =>
        service.Client.PostJsonAsync(Sessions, $$"""{"messages":[{{string.Join(',', messages)}}]}""", HttpStatusCode.Created);

    private static Task<JsonElement> ChatAsync(TestService service, JsonElement session, string message) =>
        service.Client.PostJsonAsync("/v1/chat", $$"""{"session_id":"{{session.Text("session_id")}}","message":"{{message}}"}""");

    private static Task<HttpResponseMessage> PostAsync(TestService service, string body) =>
        service.Client.PostAsync(Sessions, new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);
}
