using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Models;
using ToolService.Testing;

namespace ToolService.Core.Tests.Models.Anthropic;

public class MessagesRequestTests
{
    private static readonly AITool Calculator = AIFunctionFactory.CreateDeclaration(
        "calculator", "Calculates.", JsonElement.Parse("""{"type":"object","properties":{"expression":{"type":"string"}},"required":["expression"]}"""));

    [Fact]
    public async Task Request_has_the_model_a_bound_and_the_messages_only_when_there_are_no_options()
    {
        var request = await SentAsync([new(ChatRole.System, "Be brief."), new(ChatRole.User, "Grüße <b> 😀")]);

        Assert.Equal(
            """{"model":"claude-sonnet-4","max_tokens":16384,"system":"Be brief.","messages":[{"role":"user","content":[{"type":"text","text":"Grüße <b> 😀"}]}]}""",
            Readable(request));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/v1")]
    [InlineData("/v1/")]
    public async Task Base_url_may_have_the_version_or_not(string end)
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Text("ok"));

        await AskAsync(Clients.Endpoint(new Uri(server.BaseUrl, end.Length == 0 ? "/" : end)), [new(ChatRole.User, "hi")]);

        Assert.Equal("/v1/messages", Assert.Single(server.Requests).Path);
    }

    [Fact]
    public async Task Request_carries_the_key_in_both_headers_and_the_pinned_version()
    {
        var request = await SentAsync([new(ChatRole.User, "hi")]);

        Assert.Equal(Clients.Key, request.Headers["x-api-key"]);
        Assert.Equal($"Bearer {Clients.Key}", request.Headers["Authorization"]);
        Assert.Equal("2023-06-01", request.Headers["anthropic-version"]);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
    }

    [Fact]
    public async Task Version_of_the_api_can_be_chosen()
    {
        var request = await SentAsync([new(ChatRole.User, "hi")], change: endpoint => endpoint.ApiVersion = "2026-10-21");

        Assert.Equal("2026-10-21", request.Headers["anthropic-version"]);
    }

    [Fact]
    public async Task Request_renders_tools_choice_and_settings()
    {
        var options = new ChatOptions
        {
            Instructions = "Be exact.",
            Tools = [Calculator, AIFunctionFactory.CreateDeclaration("now", null, JsonElement.Parse("{}"))],
            ToolMode = ChatToolMode.RequireSpecific("calculator"),
            AllowMultipleToolCalls = false,
            Temperature = 0.5f,
            TopP = 0.75f,
            TopK = 3,
            MaxOutputTokens = 100,
            StopSequences = ["END", " "],
            ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse("""{"type":"object"}""")),
        };

        var request = await SentAsync([new(ChatRole.System, "Be brief."), new(ChatRole.User, "hi")], options, stream: true);

        Assert.Equal(
            """{"model":"claude-sonnet-4","max_tokens":100,"system":"Be exact.\n\nBe brief.","messages":[{"role":"user","content":[{"type":"text","text":"hi"}]}],"""
            + "\"tools\":" + """[{"name":"calculator","description":"Calculates.","input_schema":"""
            + """{"type":"object","properties":{"expression":{"type":"string"}},"required":["expression"]}},"""
            + """{"name":"now","input_schema":{"type":"object"}}],"""
            + "\"tool_choice\":" + """{"type":"tool","name":"calculator","disable_parallel_tool_use":true},"""
            + "\"temperature\":" + """0.5,"top_p":0.75,"top_k":3,"stop_sequences":["END"],"""
            + "\"output_config\":" + """{"format":{"type":"json_schema","schema":{"type":"object"}}},"stream":true}""",
            Readable(request));
    }

    [Theory]
    [InlineData("auto", null, """{"type":"auto"}""")]
    [InlineData("auto", false, """{"type":"auto","disable_parallel_tool_use":true}""")]
    [InlineData("required", true, """{"type":"any"}""")]
    [InlineData("none", false, """{"type":"none"}""")]
    [InlineData("default", false, """{"type":"auto","disable_parallel_tool_use":true}""")]
    [InlineData("default", null, null)]
    public async Task Tool_mode_is_the_tool_choice(string mode, bool? parallel, string? choice)
    {
        var options = new ChatOptions
        {
            Tools = [Calculator],
            ToolMode = mode switch { "auto" => ChatToolMode.Auto, "none" => ChatToolMode.None, "required" => ChatToolMode.RequireAny, _ => null },
            AllowMultipleToolCalls = parallel,
        };

        var request = await SentAsync([new(ChatRole.User, "hi")], options);

        Assert.Equal(choice, request.Json.TryGetProperty("tool_choice", out var sent) ? sent.GetRawText() : null);
    }

    [Fact]
    public async Task Schema_is_one_of_an_object_without_a_union_at_its_top_which_the_description_tells()
    {
        var tool = AIFunctionFactory.CreateDeclaration(
            "find", "Finds.", JsonElement.Parse("""{"type":["object","null"],"properties":{"a":{},"b":{}},"anyOf":[{"required":["a"]},{"required":["b"]}]}"""));

        var request = await SentAsync([new(ChatRole.User, "hi")], new ChatOptions { Tools = [tool] });

        var sent = request.Json.GetProperty("tools")[0];
        Assert.Equal("""{"type":"object","properties":{"a":{},"b":{}}}""", sent.GetProperty("input_schema").GetRawText());
        Assert.Equal(
            "Finds.\n\nThe arguments must also match this JSON Schema: {\"anyOf\":[{\"required\":[\"a\"]},{\"required\":[\"b\"]}]}",
            sent.GetProperty("description").GetString());
    }

    [Fact]
    public async Task Property_whose_name_is_not_accepted_moves_to_the_description()
    {
        var tool = AIFunctionFactory.CreateDeclaration(
            "find", null, JsonElement.Parse("""{"type":"object","properties":{"a.b-c_1":{},"$filter":{"type":"string"},"é":{}},"required":["$filter"]}"""));

        var request = await SentAsync([new(ChatRole.User, "hi")], new ChatOptions { Tools = [tool] });

        var sent = request.Json.GetProperty("tools")[0];
        Assert.Equal("""{"type":"object","properties":{"a.b-c_1":{}},"required":["$filter"]}""", sent.GetProperty("input_schema").GetRawText());
        Assert.Equal(
            "The arguments must also match this JSON Schema: {\"properties\":{\"$filter\":{\"type\":\"string\"},\"é\":{}}}",
            sent.GetProperty("description").GetString());
    }

    [Fact]
    public async Task Tools_that_a_history_used_are_defined_and_forbidden_when_no_others_are_offered()
    {
        var request = await SentAsync([new(ChatRole.User, "hi"), new(ChatRole.Assistant, [Call("1"), Call("2")]), new(ChatRole.Tool, [Result("1"), Result("2")])]);

        Assert.Equal("""[{"name":"calculator","input_schema":{"type":"object"}}]""", request.Json.GetProperty("tools").GetRawText());
        Assert.Equal("""{"type":"none"}""", request.Json.GetProperty("tool_choice").GetRawText());
    }

    [Fact]
    public async Task Prompt_caching_marks_the_last_tool_and_the_system_prompt()
    {
        var options = new ChatOptions { Tools = [AIFunctionFactory.CreateDeclaration("now", null, JsonElement.Parse("{}")), Calculator] };

        var request = await SentAsync([new(ChatRole.System, "Be brief."), new(ChatRole.User, "hi")], options, change: endpoint => endpoint.PromptCaching = true);

        Assert.Equal("""[{"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral"}}]""", request.Json.GetProperty("system").GetRawText());
        Assert.False(request.Json.GetProperty("tools")[0].TryGetProperty("cache_control", out _));
        Assert.Equal("""{"type":"ephemeral"}""", request.Json.GetProperty("tools")[1].GetProperty("cache_control").GetRawText());
    }

    [Theory]
    [InlineData("claude-3-5-haiku-20241022", null, ModelSampling.ByModel, "temperature top_p")]
    [InlineData("claude-opus-4-20250514", null, ModelSampling.ByModel, "temperature top_p")]
    [InlineData("qwen3", null, ModelSampling.ByModel, "temperature top_p")]
    [InlineData("claude-opus-4-1-20250805", null, ModelSampling.ByModel, "temperature")]
    [InlineData("claude-sonnet-4-6", null, ModelSampling.ByModel, "temperature")]
    [InlineData("anthropic/claude-opus-4.7", null, ModelSampling.ByModel, "")]
    [InlineData("claude-sonnet-5", null, ModelSampling.ByModel, "")]
    [InlineData("qwen3", "2026-10-21", ModelSampling.ByModel, "")]
    [InlineData("claude-sonnet-5", null, ModelSampling.All, "temperature top_p")]
    [InlineData("qwen3", null, ModelSampling.None, "")]
    public async Task Sampling_parameters_are_those_that_the_model_takes(string model, string? apiVersion, ModelSampling sampling, string sent)
    {
        var request = await SentAsync([new(ChatRole.User, "hi")], new ChatOptions { Temperature = 0.5f, TopP = 0.75f }, change: endpoint =>
        {
            endpoint.Model = model;
            endpoint.ApiVersion = apiVersion;
            endpoint.Sampling = sampling;
        });

        Assert.Equal(sent, string.Join(' ', request.Json.EnumerateObject().Select(member => member.Name).Where(name => name is "temperature" or "top_p")));
    }

    [Fact]
    public async Task Only_top_p_is_sent_where_one_is_taken_and_there_is_no_temperature()
    {
        var request = await SentAsync(
            [new(ChatRole.User, "hi")], new ChatOptions { TopP = 0.75f }, change: endpoint => endpoint.Sampling = ModelSampling.One);

        Assert.True(request.Json.TryGetProperty("top_p", out _));
    }

    private static FunctionCallContent Call(string id) => ToolCallArguments.ToCall(id, "calculator", """{"expression":"1+1"}""");

    private static FunctionResultContent Result(string id) => new(id, "2");

    // The one character that the writer escapes although JSON does not ask for it.
    private static string Readable(RecordedRequest request) => request.Body.Replace("\\uD83D\\uDE00", "😀", StringComparison.Ordinal);

    private static async Task<RecordedRequest> SentAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, bool stream = false, Action<ModelEndpointOptions>? change = null)
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Text("ok"));
        var endpoint = Clients.Endpoint(server.BaseUrl);
        change?.Invoke(endpoint);
        await AskAsync(endpoint, messages, options, stream);
        return Assert.Single(server.Requests);
    }

    private static async Task AskAsync(ModelEndpointOptions endpoint, IEnumerable<ChatMessage> messages, ChatOptions? options = null, bool stream = false)
    {
        using var client = Clients.For(endpoint);
        var token = TestContext.Current.CancellationToken;
        _ = stream
            ? await client.GetStreamingResponseAsync(messages, options, token).ToChatResponseAsync(token)
            : await client.GetResponseAsync(messages, options, token);
    }
}
