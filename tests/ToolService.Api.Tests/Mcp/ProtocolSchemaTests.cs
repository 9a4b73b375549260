using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ToolService.Core.Schema;
using ToolService.Core.Tests;

namespace ToolService.Api.Tests.Mcp;

/// <summary>The service's messages against the protocol's own schemas.</summary>
public class ProtocolSchemaTests
{
    private const string CanAsk = """{"elicitation":{}}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Requests => new()
    {
        { """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""", "InitializeResult" },
        { """{"jsonrpc":"2.0","id":1,"method":"ping"}""", "EmptyResult" },
        { """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", "ListToolsResult" },
        { """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"measure"}}""", "CallToolResult" },
        { """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"picture"}}""", "CallToolResult" },
        { """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"measure","arguments":{"no":1}}}""", "CallToolResult" },
        { """{"jsonrpc":"2.0","id":1,"method":"logging/setLevel","params":{"level":"info"}}""", "EmptyResult" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Result_is_what_the_schema_says(string request, string definition)
    {
        await using var service = await AskingTools.StartAsync();

        var answer = await service.Client.AnswerAsync(McpMessages.Post(request));

        AssertValid("JSONRPCResultResponse", answer);
        AssertValid(definition, answer.GetProperty("result"));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"dance"}""", 200)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"nothing"}}""", 200)]
    [InlineData("""{"jsonrpc":"2.0","method":1}""", 400)]
    public async Task Error_is_what_the_schema_says(string request, int status)
    {
        await using var service = await TestService.StartAsync();

        AssertValid("JSONRPCErrorResponse", await service.Client.AnswerAsync(McpMessages.Post(request), (HttpStatusCode)status));
    }

    [Fact]
    public async Task Progress_is_what_the_schema_says()
    {
        await using var service = await AskingTools.StartAsync();
        using var request = McpMessages.Call("count", meta: """{"progressToken":7}""");
        using var response = await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);

        var messages = await McpMessages.MessagesOf(response).ToListAsync(Cancellation);

        Assert.Equal(4, messages.Count);
        Assert.All(messages.SkipLast(1), message => AssertValid("ProgressNotification", message));
    }

    [Fact]
    public async Task Question_is_what_the_schema_says()
    {
        await using var service = await new TestTools().StartServiceAsync();
        using var request = McpMessages.Call("delete_note", """{"text":"a"}""", await service.Client.InitializeAsync(CanAsk));
        using var response = await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);

        AssertValid("ElicitRequest", await McpMessages.MessagesOf(response).FirstAsync(Cancellation));
    }

    [Theory]
    [InlineData("server/discover", null, "DiscoverResult")]
    [InlineData("tools/list", null, "ListToolsResult")]
    [InlineData("tools/call", "measure", "CallToolResult")]
    [InlineData("tools/call", "greet", "InputRequiredResult")]
    public async Task Result_of_the_newer_generation_is_what_its_schema_says(string method, string? tool, string definition)
    {
        await using var service = await AskingTools.StartAsync();
        var parameters = tool is null ? new JsonObject() : new JsonObject { ["name"] = tool };

        var answer = await service.Client.AnswerAsync(
            McpMessages.ModernPost(method, parameters, new JsonObject { ["elicitation"] = new JsonObject() }));

        AssertValid(definition, answer.GetProperty("result"), "spec-draft.schema.json");
    }

    private static void AssertValid(string definition, JsonElement message, string file = "spec-2025-11-25.schema.json")
    {
        var path = Path.Combine(SharedData.Folder("mcp"), "conformance", file);
        var schema = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        schema["$ref"] = $"#/$defs/{definition}";
        var errors = JsonSchema.Compile(JsonSerializer.SerializeToElement(schema)).Validate(message);
        Assert.True(errors.Count == 0, $"{definition}: {string.Join("; ", errors)} in {message.GetRawText()}");
    }
}
