using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ToolService.Testing;

namespace ToolService.Api.Tests.Completions;

public sealed partial class CompletionWireTests
{
    private const string Path = "/v1/chat/completions";
    private const string Tool = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look_up\",\"parameters\":{\"type\":\"object\"},\"strict\":true}}]";

    private readonly TestTools _tools = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_has_exactly_this_form()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text("Hé \"x\""));
        await using var service = await _tools.StartServiceAsync(model);

        using var response = await PostAsync(service, """{"model":"scripted","messages":[{"role":"user","content":"Go.","name":"ada"}],"user":"u","metadata":{"a":"b"},"store":true}""");

        Assert.Equal(
            """
            {"id":"chatcmpl-ID","object":"chat.completion","created":0,"model":"scripted","choices":[{"index":0,"message":
            {"role":"assistant","content":"Hé \"x\"","refusal":null},"logprobs":null,"finish_reason":"stop"}],
            "usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15},
            "toolservice":{"session_id":"ID","turn_id":"ID","status":"completed"}}
            """.ReplaceLineEndings(""), await TextAsync(response));
        Assert.StartsWith("sess_", response.Headers.GetValues("X-Session-Id").Single(), StringComparison.Ordinal);
        Assert.StartsWith("turn_", response.Headers.GetValues("X-Turn-Id").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handed_over_calls_have_exactly_this_form_and_no_content()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("look_up", """{"key":"a"}""")));
        await using var service = await _tools.StartServiceAsync(model);

        using var response = await PostAsync(service, $$"""{"messages":[{"role":"user","content":"Go."}],{{Tool}}}""");

        Assert.Contains(
            """
            "message":{"role":"assistant","content":null,"refusal":null,"tool_calls":[{"id":"ID","type":"function","function":
            {"name":"look_up","arguments":"{\"key\":\"a\"}"}}]},"logprobs":null,"finish_reason":"tool_calls"}]
            """.ReplaceLineEndings(""), await TextAsync(response), StringComparison.Ordinal);
        var offered = model.Requests[0].Json.GetProperty("tools").EnumerateArray().Last().GetRawText();
        Assert.Equal("""{"type":"function","function":{"name":"look_up","parameters":{"type":"object"},"strict":true}}""", offered);
    }

    [Fact]
    public async Task Method_and_media_type_that_are_not_taken_are_refused_in_the_form_of_openai()
    {
        await using var service = await _tools.StartServiceAsync();

        using var get = await service.Client.GetAsync(Path, Cancellation);
        using var post = await service.Client.PostAsync(Path, new StringContent("{}", Encoding.UTF8, "text/plain"), Cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
        Assert.Contains("{\"error\":{\"message\":\"/v1/chat/completions does not take GET", await TextAsync(get), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, post.StatusCode);
        Assert.Contains("\"code\":\"unsupported_media_type\"", await TextAsync(post), StringComparison.Ordinal);
        Assert.StartsWith("{\"error\":{", await TextAsync(post), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_has_exactly_this_form()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Message("Hm.", [("look_up", """{"key":"a"}""")]));
        await using var service = await _tools.StartServiceAsync(model);

        using var response = await PostAsync(
            service, $$"""{"messages":[{"role":"user","content":"Go."}],"stream":true,"stream_options":{"include_usage":true},{{Tool}}}""");

        var start = """data: {"id":"chatcmpl-ID","object":"chat.completion.chunk","created":0,"model":"scripted","choices":""";
        string[] expected =
        [
            """[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}]}""",
            """[{"index":0,"delta":{"content":"Hm."},"logprobs":null,"finish_reason":null}]}""",
            """[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"ID","type":"function","function":{"name":"look_up","arguments":"{\"key\":\"a\"}"}}]},"logprobs":null,"finish_reason":null}]}""",
            """[{"index":0,"delta":{},"logprobs":null,"finish_reason":"tool_calls"}],"toolservice":{"session_id":"ID","turn_id":"ID","status":"incomplete","reason":"client_tools"}}""",
            """[],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}""",
        ];
        Assert.Equal(string.Concat(expected.Select(rest => $"{start}{rest}\n\n")) + "data: [DONE]\n\n", await TextAsync(response));
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task Stream_of_several_rounds_sets_their_texts_apart()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Message("I look.", [("echo", """{"text":"x"}""")]), ScriptedReply.Text("It is x."));
        await using var service = await _tools.StartServiceAsync(model);

        using var response = await PostAsync(service, """{"messages":[{"role":"user","content":"Go."}],"stream":true}""");

        var text = await TextAsync(response);
        Assert.Equal(@"I look.\n\nIt is x.", string.Concat(Pieces().Matches(text).Select(match => match.Groups[1].Value)));
        Assert.DoesNotContain("usage", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_with_a_schema_is_streamed_only_when_it_is_checked()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text("One."), ScriptedReply.Text("""{"a":1}"""));
        await using var service = await _tools.StartServiceAsync(model);

        using var response = await PostAsync(
            service, """{"messages":[{"role":"user","content":"Go."}],"stream":true,"response_format":{"type":"json_object"}}""");

        Assert.Equal(["", @"{\""a\"":1}"], Pieces().Matches(await TextAsync(response)).Select(match => match.Groups[1].Value));
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"Go."}""", "malformed_json", null)]
    [InlineData("""{"model":"demo"}""", "invalid_request", null)]
    [InlineData("""{"messages":[],"messages":[]}""", "invalid_request", "messages")]
    [InlineData("""{"messages":[{"role":"user","role":"user","content":"x"}]}""", "invalid_request", "messages[0].role")]
    [InlineData("""{"messages":[{"role":"user","content":7}]}""", "invalid_request", "messages[0].content")]
    [InlineData("""{"messages":[null]}""", "invalid_request", "messages[0]")]
    [InlineData("""{"messages":[]}""", "invalid_request", "messages")]
    [InlineData("""{"messages":[{"role":"user","content":" "}]}""", "invalid_request", "messages[0].content")]
    [InlineData("""{"messages":[{"role":"user","content":"x"},{"role":"assistant","content":"y"}]}""", "invalid_request", "messages")]
    [InlineData("""{"messages":[{"role":"function","name":"f","content":"x"}]}""", "invalid_request", "messages[0].role")]
    [InlineData("""{"messages":[{"role":"tool","tool_call_id":"call_1","content":"x"}]}""", "invalid_request", "messages[0].tool_call_id")]
    [InlineData("""{"messages":[{"role":"user","content":"\ud800"}]}""", "invalid_request", "messages[0].content")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"text","text":"\ud800"}]}]}""", "invalid_request", "messages[0].content")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{}}]}]}""", "invalid_request", "messages[0].content[0].image_url.url")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:,"}}]}]}""", "invalid_request", "messages[0].content[0].image_url.url")]
    [InlineData("""{"messages":[{"role":"system","content":[{"type":"image_url","image_url":{"url":"data:,"}}]},{"role":"user","content":"x"}]}""", "invalid_request", "messages[0].content[0].type")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"input_audio","input_audio":{}}]}]}""", "invalid_request", "messages[0].content[0].type")]
    [InlineData("""{"messages":[{"role":"user","content":"x"},{"role":"assistant","tool_calls":[{"id":"a","function":{"name":"f","arguments":""}},{"id":"a","function":{"name":"f","arguments":""}}]},{"role":"user","content":"x"}]}""", "invalid_request", "messages[1].tool_calls[1].id")]
    [InlineData("""{"messages":[{"role":"user","content":"x"},{"role":"assistant","tool_calls":[{"id":"a","function":{"name":"f","arguments":""}}]},{"role":"tool","tool_call_id":"a","content":"1"},{"role":"tool","tool_call_id":"a","content":"2"}]}""", "invalid_request", "messages[3].tool_call_id")]
    public async Task Bad_body_is_told_in_the_form_of_openai(string body, string code, string? param)
    {
        await using var service = await TestService.StartAsync();

        var error = (await service.Client.PostJsonAsync(Path, body, HttpStatusCode.BadRequest)).GetProperty("error");

        Assert.Equal((code, "invalid_request_error", param), (error.Text("code"), error.Text("type"), error.Text("param")));
        Assert.NotEmpty(error.Text("message"));
    }

    [Theory]
    [InlineData("\"n\":2", "n")]
    [InlineData("\"functions\":[]", "functions")]
    [InlineData("\"function_call\":\"auto\"", "function_call")]
    [InlineData("\"modalities\":[\"text\",\"audio\"]", "modalities")]
    [InlineData("\"logprobs\":true", "logprobs")]
    [InlineData("\"logit_bias\":{\"1\":2}", "logit_bias")]
    [InlineData("\"temperature\":3", "temperature")]
    [InlineData("\"max_tokens\":0", "max_tokens")]
    [InlineData("\"stop\":[1]", "stop")]
    [InlineData("\"stop\":\"\\ud800\"", "stop")]
    [InlineData("\"tool_choice\":\"required\",\"service_tools\":[]", "tool_choice")]
    [InlineData("\"tool_choice\":\"\\ud800\"", "tool_choice")]
    [InlineData("\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"nope\"}}", "tool_choice.function.name")]
    [InlineData("\"service_tools\":[\"a b\"]", "service_tools")]
    [InlineData("\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"a\"}}]", "tools[0].type")]
    [InlineData("\"tools\":[{\"type\":\"function\"}]", "tools[0].function")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a b\"}}]", "tools[0].function.name")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\"}},{\"type\":\"function\",\"function\":{\"name\":\"a\"}}]", "tools[1].function.name")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"parameters\":{\"title\":\"\\ud800\"}}}]", "tools[0].function.parameters")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\"}", "response_format.json_schema")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{\"type\":\"wrong\"}}}", "response_format.json_schema.schema")]
    [InlineData("\"response_format\":{\"type\":\"xml\"}", "response_format.type")]
    public async Task Member_that_cannot_be_honoured_is_refused_by_name(string member, string param)
    {
        await using var service = await TestService.StartAsync();

        var body = await service.Client.PostJsonAsync(
            Path, $$"""{"messages":[{"role":"user","content":"Go."}],{{member}}}""", HttpStatusCode.BadRequest);

        Assert.Equal(param, body.GetProperty("error").Text("param"));
    }

    [Fact]
    public async Task Members_that_say_nothing_are_taken_as_left_out()
    {
        await using var service = await TestService.StartAsync();

        var answer = await service.Client.PostJsonAsync(
            Path,
            """
            {"messages":[{"role":"developer","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"What is","cache_control":{}},{"type":"text","text":"17 * 23?"}]}],
            "tools":null,"tool_choice":null,"n":1,"stream":false,"stream_options":null,"stop":null,"logit_bias":{},"logprobs":false,"response_format":{"type":"text"},
            "modalities":["text"],"reasoning_effort":"low","service_tier":"auto","parallel_tool_calls":null,"whatever":{"x":[1]}}
            """);

        Assert.Contains("391", answer.GetProperty("choices")[0].GetProperty("message").Text("content"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task System_prompt_alone_is_the_question()
    {
        await using var service = await TestService.StartAsync();

        var answer = await service.Client.PostJsonAsync(Path, """{"messages":[{"role":"system","content":"What is 17 * 23?"}]}""");

        Assert.Contains("391", answer.GetProperty("choices")[0].GetProperty("message").Text("content"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_thousand_messages_are_answered_and_one_more_is_refused()
    {
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Text("ok"));
        await using var service = await _tools.StartServiceAsync(model);
        string Body(int count) => $$"""{"messages":[{{string.Join(',', Enumerable.Repeat("""{"role":"user","content":"x"}""", count))}}]}""";

        await service.Client.PostJsonAsync(Path, Body(10_000));
        var refused = await service.Client.PostJsonAsync(Path, Body(10_001), HttpStatusCode.BadRequest);

        Assert.Equal("messages", refused.GetProperty("error").Text("param"));
        Assert.Empty(StrictChatCompletions.Violations(model.Requests[0].Json));
    }

    [Fact]
    public async Task Body_that_is_too_large_is_told_in_the_form_of_openai()
    {
        await using var service = await TestService.StartAsync(new Dictionary<string, string> { ["Server:MaxRequestBytes"] = "2048" });

        var large = await service.Client.PostJsonAsync(
            Path, $$"""{"messages":[{"role":"user","content":"{{new string('x', 5000)}}"}]}""", HttpStatusCode.RequestEntityTooLarge);

        Assert.Equal("body_too_large", large.GetProperty("error").Text("code"));
    }

    private static Task<HttpResponseMessage> PostAsync(TestService service, string body) =>
        service.Client.PostAsync(Path, new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);

    private static async Task<string> TextAsync(HttpResponseMessage response) =>
        Changing().Replace(await response.Content.ReadAsStringAsync(Cancellation), match => match.Groups[1].Success ? "\"created\":0" : "ID");

    [GeneratedRegex("""("created":\d+)|(?:sess|turn|call)_[0-9a-f]{32}""")]
    private static partial Regex Changing();

    [GeneratedRegex(""""content":"((?:[^"\\]|\\.)*)"""")]
    private static partial Regex Pieces();
}
