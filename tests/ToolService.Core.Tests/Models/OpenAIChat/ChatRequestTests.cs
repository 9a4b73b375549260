using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Models;
using ToolService.Testing;

namespace ToolService.Core.Tests.Models.OpenAIChat;

public class ChatRequestTests
{
    private static readonly AITool Calculator = AIFunctionFactory.CreateDeclaration(
        "calculator", "Calculates.", JsonElement.Parse("""{"type":"object","properties":{"expression":{"type":"string"}},"required":["expression"]}"""));

    [Fact]
    public async Task Request_has_the_model_and_the_messages_only_when_there_are_no_options()
    {
        var request = await SentAsync([new(ChatRole.System, "Be brief."), new(ChatRole.User, "Grüße <b> 😀")], null, stream: false);

        Assert.Equal("""{"model":"qwen3","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Grüße <b> 😀"}]}""", Readable(request));
    }

    [Fact]
    public async Task Request_carries_the_key_and_no_organisation()
    {
        var request = await SentAsync([new(ChatRole.User, "hi")], null, stream: true);

        Assert.Equal("/v1/chat/completions", request.Path);
        Assert.Equal($"Bearer {Clients.Key}", request.Headers["Authorization"]);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Assert.DoesNotContain("OpenAI-Organization", request.Headers.Keys, StringComparer.OrdinalIgnoreCase);
        Assert.DoesNotContain("OpenAI-Project", request.Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Request_renders_tools_choice_and_settings()
    {
        var options = new ChatOptions
        {
            Tools = [Calculator, AIFunctionFactory.CreateDeclaration("now", null, JsonElement.Parse("{}"))],
            ToolMode = ChatToolMode.RequireSpecific("calculator"),
            AllowMultipleToolCalls = false,
            Temperature = 0.5f,
            MaxOutputTokens = 100,
            StopSequences = ["END"],
        };

        var request = await SentAsync([new(ChatRole.User, "hi")], options, stream: true);

        Assert.Equal(
            """{"model":"qwen3","messages":[{"role":"user","content":"hi"}],"""
            + "\"tools\":" + """[{"type":"function","function":{"name":"calculator","description":"Calculates.","parameters":"""
            + """{"type":"object","properties":{"expression":{"type":"string"}},"required":["expression"]}}},"""
            + """{"type":"function","function":{"name":"now","parameters":{"type":"object","properties":{}}}}],"""
            + "\"tool_choice\":" + """{"type":"function","function":{"name":"calculator"}},"parallel_tool_calls":false,"""
            + "\"temperature\":" + """0.5,"max_tokens":100,"stop":["END"],"stream":true,"stream_options":{"include_usage":true}}""",
            Readable(request));
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("none")]
    [InlineData("required")]
    public async Task Tool_mode_is_the_tool_choice(string choice)
    {
        ChatToolMode mode = choice switch { "auto" => ChatToolMode.Auto, "none" => ChatToolMode.None, _ => ChatToolMode.RequireAny };

        var request = await SentAsync([new(ChatRole.User, "hi")], new ChatOptions { Tools = [Calculator], ToolMode = mode }, stream: false);

        Assert.Equal(choice, request.Json.GetProperty("tool_choice").GetString());
    }

    [Fact]
    public async Task Tool_choice_is_left_out_when_there_are_no_tools()
    {
        var request = await SentAsync([new(ChatRole.User, "hi")], new ChatOptions { ToolMode = ChatToolMode.RequireAny }, stream: false);

        Assert.False(request.Json.TryGetProperty("tool_choice", out _));
    }

    [Fact]
    public async Task Calls_and_results_are_sent_as_they_were_written()
    {
        ChatMessage[] messages =
        [
            new(ChatRole.User, "hi"),
            new(ChatRole.Assistant, [Call("call_1", """{ "expression": "1+1" }""")]),
            new(ChatRole.Tool, [new FunctionResultContent("call_1", "2")]),
            new(ChatRole.Assistant, [new TextContent("Then:"), Call("call_2", """{"a":1}"""), Call("call_3", "{}")]),
            new(ChatRole.Tool, [new FunctionResultContent("call_2", JsonElement.Parse("""{"x":1}""")), new FunctionResultContent("call_3", null)]),
        ];

        var request = await SentAsync(messages, null, stream: false);

        Assert.Equal(
            """{"model":"qwen3","messages":[{"role":"user","content":"hi"},"""
            + """{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"calculator","arguments":"{ \"expression\": \"1+1\" }"}}]},"""
            + """{"role":"tool","tool_call_id":"call_1","content":"2"},"""
            + """{"role":"assistant","content":"Then:","tool_calls":[{"id":"call_2","type":"function","function":{"name":"calculator","arguments":"{\"a\":1}"}},"""
            + """{"id":"call_3","type":"function","function":{"name":"calculator","arguments":"{}"}}]},"""
            + """{"role":"tool","tool_call_id":"call_2","content":"{\"x\":1}"},{"role":"tool","tool_call_id":"call_3","content":""}]}""",
            Readable(request));
    }

    [Fact]
    public async Task Call_with_broken_arguments_is_sent_with_none_because_providers_refuse_such_a_history()
    {
        var request = await SentAsync([new(ChatRole.User, "hi"), new(ChatRole.Assistant, [Call("call_1", """{"expression": """)])], null, stream: false);

        Assert.Equal("{}", SentArguments(request));
    }

    [Fact]
    public async Task Call_made_in_code_is_sent_with_its_arguments_as_json()
    {
        var call = new FunctionCallContent("call_1", "calculator", new Dictionary<string, object?> { ["expression"] = "1+1", ["digits"] = 2 });

        var request = await SentAsync([new(ChatRole.User, "hi"), new(ChatRole.Assistant, [call])], null, stream: false);

        Assert.True(JsonElement.DeepEquals(JsonElement.Parse("""{"expression":"1+1","digits":2}"""), JsonElement.Parse(SentArguments(request)!)));
    }

    [Fact]
    public async Task Unpaired_surrogate_is_sent_as_valid_json()
    {
        var request = await SentAsync([new(ChatRole.User, "a\ud800b")], null, stream: false);

        Assert.Equal("a\ufffdb", request.Json.GetProperty("messages")[0].GetProperty("content").GetString());
    }

    private static FunctionCallContent Call(string id, string arguments) => ToolCallArguments.ToCall(id, "calculator", arguments);

    private static string? SentArguments(RecordedRequest request) =>
        request.Json.GetProperty("messages")[1].GetProperty("tool_calls")[0].GetProperty("function").GetProperty("arguments").GetString();

    // The one character that the writer escapes although JSON does not ask for it.
    private static string Readable(RecordedRequest request) => request.Body.Replace("\\uD83D\\uDE00", "😀", StringComparison.Ordinal);

    private static async Task<RecordedRequest> SentAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, bool stream)
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Text("ok"));
        using var client = Clients.For(server);
        var token = TestContext.Current.CancellationToken;
        _ = stream
            ? await client.GetStreamingResponseAsync(messages, options, token).ToChatResponseAsync(token)
            : await client.GetResponseAsync(messages, options, token);
        return Assert.Single(server.Requests);
    }
}
