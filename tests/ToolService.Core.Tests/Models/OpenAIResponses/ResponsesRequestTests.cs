using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Models;

namespace ToolService.Core.Tests.Models.OpenAIResponses;

public class ResponsesRequestTests
{
    private const string Keeping = """ "store":false,"include":["reasoning.encrypted_content"]}""";

    private static readonly AITool Calculator = AIFunctionFactory.CreateDeclaration(
        "calculator",
        "Calculates.",
        JsonElement.Parse("""{"type":"object","properties":{"expression":{"type":"string"}},"required":["expression"],"additionalProperties":false}"""));

    [Fact]
    public async Task System_messages_at_the_beginning_are_the_instructions()
    {
        var request = await Clients.SentAsync(
            [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Grüße <b>"), new(ChatRole.System, "Be kind.")],
            new ChatOptions { Instructions = "Be honest." });

        Assert.Equal(
            """{"model":"gpt-5-mini","instructions":"Be honest.\n\nBe brief.","input":[{"type":"message","role":"user","content":"Grüße <b>"},"""
            + """{"type":"message","role":"system","content":"Be kind."}],""" + Keeping.TrimStart(),
            request.Body);
    }

    [Fact]
    public async Task Request_goes_to_responses_with_the_key()
    {
        var request = await Clients.SentAsync([new(ChatRole.User, "hi")], stream: true);

        Assert.Equal("/v1/responses", request.Path);
        Assert.Equal($"Bearer {Clients.Key}", request.Headers["Authorization"]);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Assert.True(request.Json.GetProperty("stream").GetBoolean());
    }

    [Fact]
    public async Task Tools_are_flat_and_say_whether_they_are_strict()
    {
        var options = new ChatOptions
        {
            Tools = [Calculator, AIFunctionFactory.CreateDeclaration("now", null, JsonElement.Parse("{}"))],
            ToolMode = ChatToolMode.RequireSpecific("calculator"),
            AllowMultipleToolCalls = false,
            Temperature = 0.5f,
            TopP = 0.25f,
            MaxOutputTokens = 100,
            StopSequences = ["END"],
            Seed = 1,
        };

        var request = await Clients.SentAsync([new(ChatRole.User, "hi")], options, stream: true);

        Assert.Equal(
            """{"model":"gpt-5-mini","input":[{"type":"message","role":"user","content":"hi"}],"""
            + "\"tools\":" + """[{"type":"function","name":"calculator","description":"Calculates.","parameters":"""
            + """{"type":"object","properties":{"expression":{"type":"string"}},"required":["expression"],"additionalProperties":false},"strict":true},"""
            + """{"type":"function","name":"now","parameters":{"type":"object","properties":{}},"strict":false}],"""
            + "\"tool_choice\":" + """{"type":"function","name":"calculator"},"parallel_tool_calls":false,"""
            + "\"temperature\":" + """0.5,"top_p":0.25,"max_output_tokens":100,"store":false,"include":["reasoning.encrypted_content"],"stream":true}""",
            request.Body);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("none")]
    [InlineData("required")]
    public async Task Tool_mode_is_the_tool_choice(string choice)
    {
        ChatToolMode mode = choice switch { "auto" => ChatToolMode.Auto, "none" => ChatToolMode.None, _ => ChatToolMode.RequireAny };

        var request = await Clients.SentAsync([new(ChatRole.User, "hi")], new ChatOptions { Tools = [Calculator], ToolMode = mode });

        Assert.Equal(choice, request.Json.GetProperty("tool_choice").GetString());
    }

    [Fact]
    public async Task Schema_of_the_answer_is_its_text_format()
    {
        var format = ChatResponseFormat.ForJsonSchema(JsonElement.Parse("""{"type":"object","properties":{"x":{"type":"string"}}}"""), "thing", "A thing.");

        var request = await Clients.SentAsync([new(ChatRole.User, "hi")], new ChatOptions { ResponseFormat = format });

        Assert.Equal(
            """{"format":{"type":"json_schema","name":"thing","description":"A thing.","schema":{"type":"object","properties":{"x":{"type":"string"}}},"strict":false}}""",
            request.Json.GetProperty("text").GetRawText());
    }

    [Fact]
    public async Task Json_without_a_schema_is_a_text_format_too()
    {
        var request = await Clients.SentAsync([new(ChatRole.User, "hi")], new ChatOptions { ResponseFormat = ChatResponseFormat.Json });

        Assert.Equal("""{"format":{"type":"json_object"}}""", request.Json.GetProperty("text").GetRawText());
    }

    [Fact]
    public async Task Calls_and_results_are_items_as_they_were_written()
    {
        ChatMessage[] messages =
        [
            new(ChatRole.User, "hi"),
            new(ChatRole.Assistant, [new TextContent("Then:"), Call("call_1", """{ "expression": "1+1" }"""), Call("call_2", """{"a": """)]),
            new(ChatRole.Tool, [new FunctionResultContent("call_1", JsonElement.Parse("""{"x":1}""")), new FunctionResultContent("call_2", "no")]),
            new(ChatRole.Assistant, "Two."),
            new(ChatRole.User, "Thanks."),
        ];

        var request = await Clients.SentAsync(messages);

        Assert.Equal(
            """[{"type":"message","role":"user","content":"hi"},{"type":"message","role":"assistant","content":"Then:"},"""
            + """{"type":"function_call","call_id":"call_1","name":"calculator","arguments":"{ \"expression\": \"1+1\" }"},"""
            + """{"type":"function_call","call_id":"call_2","name":"calculator","arguments":"{}"},"""
            + """{"type":"function_call_output","call_id":"call_1","output":"{\"x\":1}"},{"type":"function_call_output","call_id":"call_2","output":"no"},"""
            + """{"type":"message","role":"assistant","content":"Two."},{"type":"message","role":"user","content":"Thanks."}]""",
            request.Json.GetProperty("input").GetRawText());
    }

    [Fact]
    public async Task Images_are_sent_beside_the_text()
    {
        var request = await Clients.SentAsync(
        [
            new(ChatRole.User, [
                new TextContent("What is it?"),
                new DataContent(new byte[] { 1, 2, 3 }, "image/png"),
                new UriContent("https://example.com/a.jpg", "image/jpeg"),
            ]),
        ]);

        Assert.Equal(
            """[{"type":"input_text","text":"What is it?"},{"type":"input_image","image_url":"data:image/png;base64,AQID","detail":"auto"},"""
            + """{"type":"input_image","image_url":"https://example.com/a.jpg","detail":"auto"}]""",
            request.Json.GetProperty("input")[0].GetProperty("content").GetRawText());
    }

    [Fact]
    public async Task What_is_no_text_and_no_image_cannot_be_sent() =>
        await Assert.ThrowsAsync<NotSupportedException>(
            () => Clients.SentAsync([new(ChatRole.User, [new DataContent(new byte[] { 1 }, "audio/wav")])]));

    private static FunctionCallContent Call(string id, string arguments) => ToolCallArguments.ToCall(id, "calculator", arguments);
}
