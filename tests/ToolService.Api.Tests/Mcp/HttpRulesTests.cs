using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ToolService.Api.Tests.Hosting;

namespace ToolService.Api.Tests.Mcp;

public class HttpRulesTests
{
    private const string Ping = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{", -32700)]
    [InlineData("\"text\"", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call"}""", -32700)]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"ping"}]""", -32600)]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"ping"}""", -32600)]
    [InlineData("""{"id":1,"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1.5,"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":99999999999999999999,"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":{},"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":7}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","params":[1]}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{}}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":"\ud800","method":"ping"}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","\ud800":1}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"calculator","arguments":{"expression":"\udc00"}}}""", -32700)]
    public async Task Malformed_message_is_400_with_an_error(string body, int code)
    {
        await using var service = await TestService.StartAsync();

        var answer = await service.Client.AnswerAsync(McpMessages.Post(body), HttpStatusCode.BadRequest);

        Assert.Equal(code, answer.ErrorCode());
        Assert.Equal("2.0", answer.Text("jsonrpc"));
    }

    [Fact]
    public async Task Call_without_a_name_is_an_error_of_its_params()
    {
        await using var service = await TestService.StartAsync();

        var answer = await service.Client.AnswerAsync(
            McpMessages.Post("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":null}}"""));

        Assert.Equal(-32602, answer.ErrorCode());
    }

    [Fact]
    public async Task Endless_id_is_refused()
    {
        await using var service = await TestService.StartAsync();
        var body = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = new string('x', 100_000), ["method"] = "ping" };

        var answer = await service.Client.AnswerAsync(McpMessages.Post(body.ToJsonString()), HttpStatusCode.BadRequest);

        Assert.Equal(-32600, answer.ErrorCode());
    }

    [Fact]
    public async Task Unknown_method_is_an_error_with_the_requests_id()
    {
        await using var service = await TestService.StartAsync();

        var answer = await service.Client.AnswerAsync(McpMessages.Post("""{"jsonrpc":"2.0","id":"abc","method":"tools/dance"}"""));

        Assert.Equal(-32601, answer.ErrorCode());
        Assert.Equal("abc", answer.Text("id"));
    }

    [Fact]
    public async Task Unknown_method_is_404_in_the_newer_generation()
    {
        await using var service = await TestService.StartAsync();

        var answer = await service.Client.AnswerAsync(McpMessages.ModernPost("tools/dance", []), HttpStatusCode.NotFound);

        Assert.Equal(-32601, answer.ErrorCode());
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":5}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"calculator","arguments":["1+1"]}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":"%%%"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"calculator","_meta":{"toolservice/call_id":"not valid"}}}""")]
    public async Task Params_of_another_form_are_invalid_params(string body)
    {
        await using var service = await TestService.StartAsync();

        Assert.Equal(-32602, (await service.Client.AnswerAsync(McpMessages.Post(body))).ErrorCode());
    }

    [Fact]
    public async Task Revision_that_nobody_knows_is_400_with_those_that_are_known()
    {
        await using var service = await TestService.StartAsync();

        var answer = await service.Client.AnswerAsync(McpMessages.Post(Ping, ("MCP-Protocol-Version", "1999-01-01")), HttpStatusCode.BadRequest);

        Assert.Equal(-32022, answer.ErrorCode());
        Assert.Contains("2026-07-28", answer.GetProperty("error").GetRawText());
    }

    [Fact]
    public async Task Header_that_says_another_thing_than_the_body_is_refused()
    {
        await using var service = await TestService.StartAsync();
        using var request = McpMessages.ModernPost("tools/call", new JsonObject { ["name"] = "calculator" });
        request.Headers.Remove("Mcp-Name");
        request.Headers.Add("Mcp-Name", "current_time");

        var answer = await service.Client.AnswerAsync(request, HttpStatusCode.BadRequest);

        Assert.Equal(-32020, answer.ErrorCode());
    }

    [Fact]
    public async Task Session_that_is_none_is_404_so_that_the_client_begins_anew()
    {
        await using var service = await TestService.StartAsync();

        await service.Client.AnswerAsync(McpMessages.Post(Ping, ("Mcp-Session-Id", "44aa87c8-0a9b-46bd-bff6-8e7d0fee4bb5")), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Answer_that_nobody_waits_for_is_refused()
    {
        await using var service = await TestService.StartAsync();

        await service.Client.AnswerAsync(McpMessages.Post("""{"jsonrpc":"2.0","id":"guessed","result":{"action":"accept"}}"""), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Notification_is_202_without_a_body()
    {
        await using var service = await TestService.StartAsync();
        using var request = McpMessages.Post("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");

        using var response = await service.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task There_are_no_streams_and_no_sessions_to_delete(string method)
    {
        await using var service = await TestService.StartAsync();
        using HttpRequestMessage request = new(new HttpMethod(method), "/mcp");

        using var response = await service.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Contains("POST", response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("application/json", HttpStatusCode.NotAcceptable)]
    [InlineData("text/event-stream", HttpStatusCode.NotAcceptable)]
    [InlineData("text/html", HttpStatusCode.NotAcceptable)]
    [InlineData("text/event-stream, application/json;q=0.5", HttpStatusCode.OK)]
    [InlineData("*/*", HttpStatusCode.OK)]
    public async Task Client_has_to_take_both_forms_of_an_answer(string accept, HttpStatusCode expected)
    {
        await using var service = await TestService.StartAsync();
        using var request = McpMessages.Post(Ping);
        request.Headers.Remove("Accept");
        request.Headers.TryAddWithoutValidation("Accept", accept);

        using var response = await service.Client.SendAsync(request, Cancellation);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Body_that_is_not_declared_as_JSON_is_415()
    {
        await using var service = await TestService.StartAsync();
        using var request = McpMessages.Post(Ping);
        request.Content = new StringContent(Ping, Encoding.UTF8, "text/plain");

        using var response = await service.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task Body_over_the_limit_is_413()
    {
        await using var service = await TestService.StartAsync(new Dictionary<string, string> { ["Server:MaxRequestBytes"] = "2048" });
        using var request = McpMessages.Call("echo", $$"""{"text":"{{new string('x', 5000)}}"}""");

        using var response = await service.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost:6274", HttpStatusCode.OK)]
    [InlineData("https://app.example.com", HttpStatusCode.OK)]
    public async Task Page_of_another_site_is_refused_whatever_its_key(string origin, HttpStatusCode expected)
    {
        var settings = TestKeys.Settings(("bob", []));
        settings["McpServer:AllowedOrigins:0"] = "https://app.example.com";
        await using var service = await TestService.StartAsync(settings);
        using var client = service.ClientWithKey(TestKeys.KeyOf("bob"));

        using var response = await client.SendAsync(McpMessages.Post(Ping, ("Origin", origin)), Cancellation);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Other_names_of_the_machine_are_refused_without_keys()
    {
        await using var service = await TestService.StartAsync();
        using var request = McpMessages.Post(Ping);
        request.Headers.Host = "evil.example";

        using var response = await service.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Key_needs_the_scope_tools()
    {
        await using var service = await TestService.StartAsync(TestKeys.Settings(("bob", ["chat"])));
        using var client = service.ClientWithKey(TestKeys.KeyOf("bob"));

        using var without = await service.Client.SendAsync(McpMessages.Post(Ping), Cancellation);
        using var with = await client.SendAsync(McpMessages.Post(Ping), Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, with.StatusCode);
    }

    [Fact]
    public async Task Endpoint_can_be_switched_off()
    {
        await using var service = await TestService.StartAsync(new Dictionary<string, string> { ["McpServer:Enabled"] = "false" });

        using var response = await service.Client.SendAsync(McpMessages.Post(Ping), Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
