using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ToolService.Api.Tests.McpClients;

public class McpSourceTests
{
    private static readonly Dictionary<string, string> Loopback = new() { ["Http:AllowPrivateNetworks:0"] = "127.0.0.0/8" };

    [Fact]
    public async Task Source_that_was_added_has_tools_now_and_after_a_restart()
    {
        await using var remote = await TestService.StartAsync(map: MapServer);
        await using var service = await TestService.StartAsync(Loopback);

        var added = await service.Client.PostJsonAsync("/v1/sources", Definition(remote), HttpStatusCode.Created);

        Assert.Equal(("idle", "mcp"), (added.Text("state"), added.Text("kind")));
        Assert.Equal("hi", (await service.Client.CallAsync("remote_echo", """{"text":"hi"}""")).Text("result"));
        await service.RestartAsync();
        Assert.Equal("hi", (await service.Client.CallAsync("remote_echo", """{"text":"hi"}""")).Text("result"));
    }

    [Fact]
    public async Task Configured_server_is_a_source_that_cannot_be_removed_over_the_api()
    {
        await using var remote = await TestService.StartAsync(map: MapServer);
        await using var service = await TestService.StartAsync(
            new Dictionary<string, string>(Loopback) { ["Mcp:Servers:remote:Url"] = new Uri(remote.Address, "/fake-mcp").ToString() });

        var source = await service.Client.PostJsonAsync("/v1/sources/remote/refresh", "");

        Assert.Equal(1, source.GetProperty("tools_count").GetInt32());
        Assert.Equal(HttpStatusCode.Conflict, await DeleteAsync(service, "remote"));
        Assert.Equal("source_exists", (await service.Client.PostJsonAsync("/v1/sources", Definition(remote), HttpStatusCode.Conflict)).Text("code"));
    }

    [Fact]
    public async Task Source_that_was_removed_is_gone_with_its_tools()
    {
        await using var remote = await TestService.StartAsync(map: MapServer);
        await using var service = await TestService.StartAsync(Loopback);
        await service.Client.PostJsonAsync("/v1/sources", Definition(remote), HttpStatusCode.Created);
        await service.Client.CallAsync("remote_echo", """{"text":"hi"}""");

        Assert.Equal(HttpStatusCode.NoContent, await DeleteAsync(service, "remote"));

        await service.Client.CallAsync("remote_echo", """{"text":"hi"}""", HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.NotFound, await DeleteAsync(service, "remote"));
    }

    [Theory]
    [InlineData("built_in", "/v1/sources", """{"name":"built_in","kind":"mcp","url":"http://127.0.0.1:9999/"}""", "source_exists")]
    [InlineData("built_in", "/v1/tools/import/openapi", """{"name":"built_in","document":{"openapi":"3.1.0","paths":{}}}""", "name_taken")]
    [InlineData("turn", "/v1/sources", """{"name":"turn","kind":"mcp","url":"http://127.0.0.1:9999/"}""", "source_exists")]
    public async Task Source_cannot_take_the_place_of_the_services_own_tools(string name, string path, string body, string code)
    {
        await using var service = await TestService.StartAsync(Loopback);

        Assert.Equal(code, (await service.Client.PostJsonAsync(path, body, HttpStatusCode.Conflict)).Text("code"));

        await DeleteAsync(service, name);
        Assert.Equal("42", (await service.Client.CallAsync("calculator", """{"expression":"6*7"}""")).GetProperty("result").GetRawText());
    }

    [Theory]
    [InlineData("/v1/sources", """{"name":"a","kind":"mcp","url":"http://127.0.0.1:9999/","headers":{"X":null}}""", "/headers/X")]
    [InlineData("/v1/tools/import/openapi", """{"name":"a","document":{"openapi":"3.1.0"},"include":{"tags":[null]}}""", "/include/tags/0")]
    [InlineData("/v1/tools/register", """{"name":"a","description":"b","method":"GET","url":"http://127.0.0.1:9999/","headers":{"X":null}}""", "/headers/X")]
    [InlineData("/v1/tools/register", """{"name":"a","description":"b","method":"GET","url":"http://127.0.0.1:9999/","parameters":[null]}""", "/parameters/0")]
    public async Task Null_in_a_list_or_map_is_a_400_that_says_where(string path, string body, string pointer)
    {
        await using var service = await TestService.StartAsync(Loopback);

        var problem = await service.Client.PostJsonAsync(path, body, HttpStatusCode.BadRequest);

        Assert.Equal(pointer, problem.GetProperty("errors")[0].Text("pointer"));
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data", "url_not_allowed")]
    [InlineData("http://127.0.0.1:9/mcp", "url_not_allowed")]
    [InlineData("file:///etc/passwd", "invalid_request")]
    public async Task Address_that_may_not_be_opened_is_refused(string url, string code)
    {
        await using var service = await TestService.StartAsync();

        var problem = await service.Client.PostJsonAsync(
            "/v1/sources", $$"""{"name":"bad","kind":"mcp","url":"{{url}}"}""", HttpStatusCode.BadRequest);

        Assert.Equal(code, problem.Text("code"));
    }

    [Fact]
    public async Task Program_cannot_be_started_over_the_api()
    {
        await using var service = await TestService.StartAsync();

        await service.Client.PostJsonAsync(
            "/v1/sources", """{"name":"bad","kind":"mcp","url":"https://example.org","command":"sh"}""", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Dead_server_holds_up_no_other_and_says_why()
    {
        await using var remote = await TestService.StartAsync(map: MapServer);
        await using var service = await TestService.StartAsync(new Dictionary<string, string>(Loopback)
        {
            ["Mcp:Servers:dead:Url"] = "http://127.0.0.1:9/mcp",
            ["Mcp:Servers:remote:Url"] = new Uri(remote.Address, "/fake-mcp").ToString(),
            ["Http:AllowedPorts:0"] = "1-65535",
        });

        var problem = await service.Client.PostJsonAsync("/v1/sources/dead/refresh", "", HttpStatusCode.ServiceUnavailable);

        Assert.Contains("could not be connected to", problem.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("hi", (await service.Client.CallAsync("remote_echo", """{"text":"hi"}""")).Text("result"));
    }

    [Fact]
    public async Task Source_that_is_not_set_up_for_it_cannot_be_authorized()
    {
        await using var service = await TestService.StartAsync(new Dictionary<string, string>(Loopback) { ["Mcp:Servers:remote:Url"] = "http://127.0.0.1:9999/mcp" });

        Assert.Equal("oauth_is_off", (await service.Client.PostJsonAsync("/v1/sources/remote/authorize", "", HttpStatusCode.Conflict)).Text("code"));
        await service.Client.PostJsonAsync("/v1/sources/other/authorize", "", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Answer_that_nobody_asked_for_is_refused()
    {
        await using var service = await TestService.StartAsync();

        await service.Client.GetJsonAsync("/v1/sources/oauth/callback?state=guess&code=c", HttpStatusCode.BadRequest);
    }

    private static string Definition(TestService remote) =>
        $$"""{"name":"remote","kind":"mcp","url":"{{new Uri(remote.Address, "/fake-mcp")}}","transport":"streamable_http"}""";

    private static async Task<HttpStatusCode> DeleteAsync(TestService service, string name)
    {
        using var response = await service.Client.DeleteAsync(new Uri($"/v1/sources/{name}", UriKind.Relative), TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static void MapServer(WebApplication app) => app.MapPost("/fake-mcp", (Delegate)AnswerAsync);

    private static async Task<IResult> AnswerAsync(HttpContext context)
    {
        var message = (await JsonDocument.ParseAsync(context.Request.Body)).RootElement;
        if (!message.TryGetProperty("id", out var id))
            return Results.Accepted();
        var (member, value) = message.GetProperty("method").GetString() switch
        {
            "initialize" => ("result", """{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"fake","version":"1"}}"""),
            "tools/list" => ("result", """{"tools":[{"name":"echo","inputSchema":{"type":"object","properties":{"text":{"type":"string"}}}}]}"""),
            "tools/call" => ("result", $$"""{"content":[{"type":"text","text":{{message.GetProperty("params").GetProperty("arguments").GetProperty("text").GetRawText()}}}]}"""),
            _ => ("error", """{"code":-32601,"message":"no such method"}"""),
        };
        return Results.Text($$"""{"jsonrpc":"2.0","id":{{id.GetRawText()}},"{{member}}":{{value}} }""", "application/json");
    }
}
