using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ToolService.Testing;

namespace ToolService.Api.Tests.Sources;

public sealed class OpenApiImportTests
{
    private const string Import = "/v1/tools/import/openapi";
    private const string Pets = """
        {"openapi":"3.1.0","info":{"title":"Pets","version":"2"},
         "components":{"securitySchemes":{"key":{"type":"apiKey","in":"header","name":"X-Key"}}},
         "paths":{
          "/pets/{id}":{
           "get":{"operationId":"get_pet","summary":"Gets a pet.","tags":["pets"],
            "parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}},
                          {"name":"fields","in":"query","schema":{"type":"array","items":{"type":"string"}}}],"responses":{}},
           "put":{"operationId":"put_pet","summary":"Changes a pet.","tags":["admin"],
            "parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}}],
            "requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","properties":{"name":{"type":"string"}},
             "required":["name"]}}}},"responses":{}}},
          "/secret":{"get":{"operationId":"get_secret","summary":"Gets a secret.","security":[{"key":[]}],"responses":{}}}}}
        """;

    private static readonly (string, string) Local = ("Http:AllowPrivateNetworks:0", "127.0.0.1/32");

    [Fact]
    public async Task Imported_operations_are_tools_that_send_the_requests_described()
    {
        await using var receiver = await HttpReceiver.StartAsync("""{"name":"Rex"}""");
        await using var service = await StartAsync(Local);

        var import = await service.Client.PostJsonAsync(Import, Body(receiver.Url));

        Assert.Equal(["pets_get_pet", "pets_put_pet"], import.GetProperty("tools").EnumerateArray().Select(tool => tool.Text("name")));
        Assert.Equal("added", import.GetProperty("tools")[0].Text("change"));
        var get = await service.Client.CallAsync("pets_get_pet", """{"id":"a/b","fields":["x","y z"]}""");
        Assert.Equal("Rex", get.GetProperty("result").Text("name"));
        await service.Client.CallAsync("pets_put_pet", """{"id":"7","body":{"name":"Max"}}""");
        Assert.Equal(["GET /pets/a%2Fb?fields=x&fields=y%20z", "PUT /pets/7"], receiver.Requests.Select(request => request.Path));
        Assert.Equal("""{"name":"Max"}""", receiver.Requests[1].Body);
        await service.Client.CallAsync("pets_put_pet", """{"id":"7","body":{}}""", HttpStatusCode.BadRequest);
        Assert.Equal(2, receiver.Requests.Count);
    }

    [Fact]
    public async Task Operation_whose_secret_nobody_defined_is_skipped_and_says_what_to_define()
    {
        await using var service = await StartAsync();

        var import = await service.Client.PostJsonAsync(Import, Body("https://pets.example.org"));

        var skipped = Assert.Single(import.GetProperty("skipped").EnumerateArray());
        Assert.Equal("/secret", skipped.Text("path"));
        Assert.Contains("Secrets:PETS_KEY", skipped.Text("reason"), StringComparison.Ordinal);
        var secret = Assert.Single(import.GetProperty("secrets").EnumerateArray());
        Assert.Equal(("PETS_KEY", false), (secret.Text("name"), secret.GetProperty("known").GetBoolean()));
    }

    [Fact]
    public async Task Secret_of_a_security_scheme_is_sent_and_never_shown()
    {
        await using var receiver = await HttpReceiver.StartAsync((context, request) =>
            HttpReceiver.JsonAsync(context, JsonSerializer.Serialize(new { key = context.Request.Headers["X-Key"].ToString() })));
        await using var service = await StartAsync(Local, ("Secrets:PETS_KEY", "hunter2-hunter2"));
        await service.Client.PostJsonAsync(Import, Body(receiver.Url));

        var call = await service.Client.CallAsync("pets_get_secret");

        Assert.Single(receiver.Requests);
        Assert.Equal("[secret PETS_KEY]", call.GetProperty("result").Text("key"));
    }

    [Fact]
    public async Task Dry_run_changes_nothing()
    {
        await using var service = await StartAsync();

        var import = await service.Client.PostJsonAsync(Import, Body("https://pets.example.org", ("dry_run", true)));

        Assert.Equal(2, import.GetProperty("tools").GetArrayLength());
        Assert.False(import.TryGetProperty("source", out _));
        await service.Client.GetJsonAsync("/v1/tools/pets_get_pet", HttpStatusCode.NotFound);
        await service.Client.GetJsonAsync("/v1/sources/pets", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Filters_leave_operations_out()
    {
        await using var service = await StartAsync();

        var import = await service.Client.PostJsonAsync(
            Import, Body("https://pets.example.org", ("include", new JsonObject { ["tags"] = new JsonArray("pets") })));

        Assert.Equal("pets_get_pet", Assert.Single(import.GetProperty("tools").EnumerateArray()).Text("name"));
        Assert.Equal(2, import.GetProperty("filtered_count").GetInt32());
    }

    [Fact]
    public async Task Import_survives_a_restart()
    {
        await using var receiver = await HttpReceiver.StartAsync("1");
        await using var service = await StartAsync(Local);
        await service.Client.PostJsonAsync(Import, Body(receiver.Url));

        await service.RestartAsync();

        Assert.Equal("idle", (await service.Client.GetJsonAsync("/v1/sources/pets")).Text("state"));
        Assert.Equal(1, (await service.Client.CallAsync("pets_get_pet", """{"id":"1"}""")).GetProperty("result").GetInt32());
    }

    [Fact]
    public async Task Second_import_tells_the_difference_and_holds_back_what_changed()
    {
        await using var receiver = await HttpReceiver.StartAsync("1");
        await using var service = await StartAsync(Local);
        await service.Client.PostJsonAsync(Import, Body(receiver.Url));
        var changed = Pets.Replace("Gets a pet.", "Gets a pet and sells it.", StringComparison.Ordinal)
            .Replace("put_pet", "replace_pet", StringComparison.Ordinal);

        var import = await service.Client.PostJsonAsync(Import, Body(receiver.Url, ("document", changed)));

        Assert.Equal(
            [("pets_get_pet", "changed"), ("pets_replace_pet", "added")],
            import.GetProperty("tools").EnumerateArray().Select(tool => (tool.Text("name"), tool.Text("change"))));
        Assert.Equal("pets_put_pet", Assert.Single(import.GetProperty("removed").EnumerateArray()).GetString());
        var held = Assert.Single(import.GetProperty("source").GetProperty("held").EnumerateArray());
        await service.Client.CallAsync("pets_get_pet", """{"id":"1"}""", HttpStatusCode.Forbidden);
        await service.Client.PostJsonAsync(
            "/v1/sources/pets/tools/pets_get_pet/approve", JsonSerializer.Serialize(new { definition_hash = held.Text("definition_hash") }));
        await service.Client.CallAsync("pets_get_pet", """{"id":"1"}""");
        var again = await service.Client.PostJsonAsync(Import, Body(receiver.Url, ("document", changed)));
        Assert.All(again.GetProperty("tools").EnumerateArray(), tool => Assert.Equal("same", tool.Text("change")));
    }

    [Fact]
    public async Task Requests_that_would_go_elsewhere_are_a_change()
    {
        await using var service = await StartAsync();
        await service.Client.PostJsonAsync(Import, Body("https://pets.example.org"));

        var import = await service.Client.PostJsonAsync(Import, Body("https://evil.example.org"));

        Assert.All(import.GetProperty("tools").EnumerateArray(), tool => Assert.Equal("changed", tool.Text("change")));
        await service.Client.CallAsync("pets_get_pet", """{"id":"1"}""", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Document_is_fetched_from_its_url()
    {
        var document = Pets.Insert(1, """
            "servers":[{"url":"/api"}],
            """);
        await using var receiver = await HttpReceiver.StartAsync(document);
        await using var service = await StartAsync(Local);

        var import = await service.Client.PostJsonAsync(Import, $$"""{"name":"pets","url":"{{receiver.Url}}/openapi.json"}""");

        Assert.Equal($"{receiver.Url}/api", Assert.Single(import.GetProperty("servers").EnumerateArray()).GetString());
        Assert.Equal(2, import.GetProperty("tools").GetArrayLength());
    }

    [Theory]
    [InlineData("http://169.254.169.254/openapi.json")]
    [InlineData("http://127.0.0.1:6/openapi.json")]
    [InlineData("ftp://example.org/openapi.json")]
    public async Task Document_is_not_fetched_from_where_the_service_may_not_go(string url)
    {
        await using var service = await StartAsync();

        var problem = await service.Client.PostJsonAsync(Import, $$"""{"name":"pets","url":"{{url}}"}""", HttpStatusCode.BadRequest);

        Assert.Equal("/url", problem.GetProperty("errors")[0].Text("pointer"));
    }

    [Fact]
    public async Task Fetch_that_is_redirected_to_a_metadata_address_is_refused()
    {
        await using var receiver = await HttpReceiver.StartAsync((context, _) =>
        {
            context.Response.Redirect("http://169.254.169.254/latest/meta-data");
            return Task.CompletedTask;
        });
        await using var service = await StartAsync(Local);

        var problem = await service.Client.PostJsonAsync(
            Import, $$"""{"name":"pets","url":"{{receiver.Url}}/openapi.json"}""", HttpStatusCode.BadRequest);

        Assert.Contains("cloud metadata", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"pets"}""", "/document")]
    [InlineData("""{"name":"pets","document":7}""", "/document")]
    [InlineData("""{"name":"pets","document":"{"}""", "/document")]
    [InlineData("""{"name":"pets","document":{"openapi":"4.0.0"}}""", "/document")]
    [InlineData("""{"name":"Pets!","document":{}}""", "/name")]
    [InlineData("""{"name":"pets","url":"nowhere"}""", "/url")]
    public async Task Request_that_cannot_be_used_says_what_to_change(string body, string pointer)
    {
        await using var service = await StartAsync();

        var problem = await service.Client.PostJsonAsync(Import, body, HttpStatusCode.BadRequest);

        Assert.Equal(pointer, problem.GetProperty("errors")[0].Text("pointer"));
    }

    [Fact]
    public async Task Name_of_another_source_is_not_taken_over()
    {
        await using var service = await StartAsync();

        var problem = await service.Client.PostJsonAsync(
            Import, Body("https://pets.example.org", ("name", "http")), HttpStatusCode.Conflict);

        Assert.Equal("name_taken", problem.Text("code"));
    }

    [Fact]
    public async Task Concurrent_imports_of_one_name_leave_one_of_them()
    {
        await using var service = await StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => service.Client.PostJsonAsync(Import, Body("https://pets.example.org"))));

        Assert.Equal(2, (await service.Client.GetJsonAsync("/v1/sources/pets")).GetProperty("tools_count").GetInt32());
    }

    [Fact]
    public async Task Removed_import_is_gone_for_good()
    {
        await using var service = await StartAsync();
        await service.Client.PostJsonAsync(Import, Body("https://pets.example.org"));

        using var response = await service.Client.DeleteAsync("/v1/sources/pets", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        await service.Client.GetJsonAsync("/v1/tools/pets_get_pet", HttpStatusCode.NotFound);
        await service.RestartAsync();
        await service.Client.GetJsonAsync("/v1/sources/pets", HttpStatusCode.NotFound);
    }

    private static Task<TestService> StartAsync(params (string Name, string Value)[] settings) =>
        TestService.StartAsync(settings.ToDictionary(setting => setting.Name, setting => setting.Value));

    private static string Body(string baseUrl, params (string Name, JsonNode Value)[] more)
    {
        JsonObject body = new() { ["name"] = "pets", ["document"] = JsonNode.Parse(Pets), ["base_url"] = baseUrl };
        foreach (var (name, value) in more)
            body[name] = value;
        return body.ToJsonString();
    }
}
