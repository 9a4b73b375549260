using System.Net;
using ToolService.Api.Tests.Robustness;

namespace ToolService.Api.Tests.Chat;

/// <summary>Histories that no session may begin with.</summary>
public sealed class RefusedImportTests(RunningService running) : IClassFixture<RunningService>
{
    private const string Sessions = "/v1/chat/sessions";
    private const string User = """{"role":"user","content":"Go."}""";
    private const string Call = """{"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"echo","arguments":"{}"}}]}""";
    private const string TwoCalls =
        """{"role":"assistant","content":"Both.","tool_calls":[{"id":"a","type":"function","function":{"name":"echo","arguments":"{}"}},"""
        + """{"id":"b","type":"function","function":{"name":"echo","arguments":"{}"}}]}""";

    private const string CallStart = "{\"role\":\"assistant\",\"tool_calls\":[{";
    private const string ResultOfA = """{"role":"tool","tool_call_id":"a","content":"one"}""";
    private const string ResultOfB = """{"role":"tool","tool_call_id":"b","content":"two"}""";

    [Theory]
    [InlineData("""[{"role":"robot","content":"x"}]""", "/messages/0/role", "enum")]
    [InlineData("""[{"content":"x"}]""", "/messages/0", "required")]
    [InlineData("[null]", "/messages/0", "type")]
    [InlineData("""[{"role":"user","content":"x","name":"ada"}]""", "/messages/0/name", "additionalProperties")]
    [InlineData("""[{"role":"user","content":"x","content":"y"}]""", "/messages/0/content", "uniqueProperties")]
    [InlineData("""[{"role":"user","content":"x","Role":"system"}]""", "/messages/0/Role", "additionalProperties")]
    [InlineData("""[{"role":"user","content":" "}]""", "/messages/0/content", "minLength")]
    [InlineData("""[{"role":"user"}]""", "/messages/0/content", "minLength")]
    [InlineData("""[{"role":"user","content":7}]""", "/messages/0/content", "type")]
    [InlineData("""[{"role":"user","content":["x"]}]""", "/messages/0/content/0", "type")]
    [InlineData("""[{"role":"user","content":[{"type":"text","text":"x"},{"type":"image_url","image_url":{"url":"data:"}}]}]""", "/messages/0/content/1/type", "const")]
    [InlineData("""[{"role":"user","content":[{"type":"text","text":"x","cache":true}]}]""", "/messages/0/content/0", "additionalProperties")]
    [InlineData("""[{"role":"user","content":[{"type":"text"}]}]""", "/messages/0/content/0/text", "type")]
    [InlineData("""[{"role":"user","content":"\ud800"}]""", "/messages/0/content", null)]
    [InlineData("""[{"role":"\ud800","content":"x"}]""", "/messages/0/role", null)]
    [InlineData("""[{"role":"user","content":[{"type":"\ud800","text":"x"}]}]""", "/messages/0/content/0/type", "const")]
    [InlineData("""[{"role":"user","content":"x","tool_call_id":"a"}]""", "/messages/0/tool_call_id", "additionalProperties")]
    [InlineData("""[{"role":"user","content":"x","tool_calls":[]}]""", "/messages/0/tool_calls", "additionalProperties")]
    [InlineData("""[{"role":"user","content":"x"},{"role":"system","content":"y"}]""", "/messages/1/role", "enum")]
    [InlineData("""[{"role":"system","content":null}]""", "/messages/0/content", "type")]
    [InlineData("""[{"role":"assistant","content":""}]""", "/messages/0", "required")]
    [InlineData("""[{"role":"assistant","tool_calls":[]}]""", "/messages/0", "required")]
    [InlineData("""[{"role":"assistant","tool_calls":[null]}]""", "/messages/0/tool_calls/0", "type")]
    [InlineData("""[{"role":"tool","content":"x"}]""", "/messages/0", "required")]
    [InlineData("""[{"role":"tool","content":"x","tool_call_id":"a"}]""", "/messages/0/tool_call_id", null)]
    [InlineData($"[{Call}]", "/messages/0/tool_calls/0/id", null)]
    [InlineData($"[{Call},{User}]", "/messages/0/tool_calls/0/id", null)]
    [InlineData($"[{TwoCalls},{ResultOfA}]", "/messages/0/tool_calls/1/id", null)]
    [InlineData($"[{Call},{ResultOfA},{ResultOfA}]", "/messages/2/tool_call_id", null)]
    [InlineData($"[{TwoCalls},{ResultOfB},{ResultOfA}]", "/messages/1/tool_call_id", null)]
    [InlineData($"[{Call},{{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":null}}]", "/messages/1/content", "type")]
    [InlineData($"[{CallStart}\"id\":\"\",\"type\":\"function\",\"function\":{{\"name\":\"echo\",\"arguments\":\"\"}}}}]}}]", "/messages/0/tool_calls/0/id", "minLength")]
    public async Task Wrong_message_is_a_400_that_points_at_it(string messages, string pointer, string? keyword)
    {
        var problem = await running.Service.Client.PostJsonAsync(Sessions, $$"""{"messages":{{messages}}}""", HttpStatusCode.BadRequest);

        Assert.Equal("invalid_request", problem.Text("code"));
        var error = Assert.Single(problem.GetProperty("errors").EnumerateArray());
        Assert.Equal((pointer, keyword), (error.Text("pointer"), error.GetProperty("keyword").GetString()));
    }

    [Theory]
    [InlineData("\"type\":\"tool\",\"function\":{\"name\":\"echo\",\"arguments\":\"{}\"}", "/type", "const")]
    [InlineData("\"type\":\"function\",\"function\":{\"name\":\"\",\"arguments\":\"{}\"}", "/function/name", "pattern")]
    [InlineData("\"type\":\"function\",\"function\":{\"name\":\"no name\",\"arguments\":\"{}\"}", "/function/name", "pattern")]
    [InlineData("\"type\":\"function\",\"function\":{\"name\":\"echo\\u0000\",\"arguments\":\"{}\"}", "/function/name", "pattern")]
    [InlineData("\"type\":\"function\",\"function\":{\"name\":\"echo\",\"arguments\":{}}", "/function/arguments", "type")]
    [InlineData("\"type\":\"function\",\"function\":{\"name\":\"echo\"}", "/function", "required")]
    [InlineData("\"type\":\"function\"", "", "required")]
    public async Task Wrong_call_is_a_400_that_points_at_it(string call, string pointer, string keyword)
    {
        var problem = await running.Service.Client.PostJsonAsync(
            Sessions, $$"""{"messages":[{{CallStart}}"id":"a",{{call}}}]},{{ResultOfA}}]}""", HttpStatusCode.BadRequest);

        var error = Assert.Single(problem.GetProperty("errors").EnumerateArray());
        Assert.Equal(($"/messages/0/tool_calls/0{pointer}", keyword), (error.Text("pointer"), error.Text("keyword")));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once_up_to_a_bound()
    {
        var wrong = string.Join(',', Enumerable.Repeat("""{"role":"user","content":""}""", 500));

        var few = await running.Service.Client.PostJsonAsync(
            Sessions, $$"""{"messages":[{"role":"x"},{{User}},{"role":"tool","tool_call_id":"a","content":"x"}],"model":"nope"}""", HttpStatusCode.BadRequest);
        var many = await running.Service.Client.PostJsonAsync(Sessions, $$"""{"messages":[{{wrong}}]}""", HttpStatusCode.BadRequest);

        Assert.Equal(["/model", "/messages/0/role", "/messages/2/tool_call_id"], few.GetProperty("errors").EnumerateArray().Select(error => error.Text("pointer")));
        Assert.EndsWith("2 more in errors.", few.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(20, many.GetProperty("errors").GetArrayLength());
    }

    [Fact]
    public async Task System_prompt_may_be_given_in_one_way_only()
    {
        var problem = await running.Service.Client.PostJsonAsync(
            Sessions, $$"""{"messages":[{"role":"system","content":"a"},{{User}}],"system_prompt":"b"}""", HttpStatusCode.BadRequest);

        Assert.Equal("/messages/0/role", problem.GetProperty("errors")[0].Text("pointer"));
    }
}
