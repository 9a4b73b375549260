using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ToolService.Api.Tests.Hosting;
using ToolService.Core.Tools.Sources;
using ToolService.Testing;
using static ToolService.Api.Tests.Tools.RegistrationClient;

namespace ToolService.Api.Tests.Tools;

public sealed class RegistrationTests
{
    private const string Api = "https://api.example.org";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Registered_tool_is_there_at_once_in_every_surface()
    {
        await using var receiver = await HttpReceiver.StartAsync("""{"name":"Ada"}""");
        await using var service = await new TestTools().StartServiceAsync(Local);

        using var response = await service.Client.SendAsync(HttpMethod.Post, "/v1/tools/register", Get(receiver.Url));

        Assert.Equal((HttpStatusCode.Created, "/v1/tools/get_user"), (response.StatusCode, response.Headers.Location?.ToString()));
        var tool = await service.Client.GetJsonAsync("/v1/tools/get_user");
        var isReadOnly = tool.GetProperty("annotations").GetProperty("read_only").GetBoolean();
        Assert.Equal(("http", "Gets a user.", true), (tool.Text("source"), tool.Text("description"), isReadOnly));
        Assert.Equal(
            """[{"name":"id","type":"string","description":"The user's id","required":true}]""", tool.GetProperty("parameters").GetRawText());
        Assert.Contains((await service.Client.GetJsonAsync("/v1/tools")).EnumerateArray(), listed => listed.Text("name") == "get_user");
        Assert.Equal("get_user", (await service.Client.GetJsonAsync("/v1/tools/get_user/schema?format=anthropic")).Text("name"));
        Assert.Equal(1, (await service.Client.GetJsonAsync("/v1/sources/http")).GetProperty("tools_count").GetInt32());
        var result = await service.Client.CallAsync("get_user", """{"id":"a/b"}""");
        Assert.Equal("Ada", result.GetProperty("result").Text("name"));
        Assert.Equal("GET /users/a%2Fb", Assert.Single(receiver.Requests).Path);
    }

    [Fact]
    public async Task Chat_turn_uses_a_tool_that_was_registered_a_moment_before()
    {
        await using var receiver = await HttpReceiver.StartAsync("""{"name":"Ada"}""");
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("get_user", """{"id":"7"}""")), ScriptedReply.Text("It is Ada."));
        await using var service = await new TestTools().StartServiceAsync(model, Local);
        await service.Client.RegisterAsync(Get(receiver.Url));

        var turn = await service.Client.PostJsonAsync("/v1/chat", """{"message":"Who is 7?"}""");

        Assert.Equal(("completed", "It is Ada."), (turn.Text("status"), turn.Text("reply")));
        Assert.Contains(
            model.Requests[0].Json.GetProperty("tools").EnumerateArray(), tool => tool.GetProperty("function").Text("name") == "get_user");
        Assert.Contains("Ada", model.Requests[1].Body, StringComparison.Ordinal);
        Assert.Equal("GET /users/7", Assert.Single(receiver.Requests).Path);
    }

    [Fact]
    public async Task Registered_tool_survives_a_restart()
    {
        await using var receiver = await HttpReceiver.StartAsync("1");
        await using var service = await new TestTools().StartServiceAsync(Local);
        await service.Client.RegisterAsync(Get(receiver.Url));
        var before = await service.Client.GetJsonAsync("/v1/tools/get_user");

        await service.RestartAsync();

        Assert.Equal(before.GetRawText(), (await service.Client.GetJsonAsync("/v1/tools/get_user")).GetRawText());
        Assert.Equal(1, (await service.Client.CallAsync("get_user", """{"id":"1"}""")).GetProperty("result").GetInt32());
    }

    [Fact]
    public async Task Definition_that_can_no_longer_be_read_is_told_and_stops_nothing()
    {
        await using var service = await TestService.StartAsync();
        await service.Client.RegisterAsync(Get(Api));
        await StoreAsync(service, "from_later", """{"name":"from_later","unheard":1}""");
        await StoreAsync(service, "calculator", Get(Api, "calculator"));

        await service.RestartAsync();

        var source = await service.Client.GetJsonAsync("/v1/sources/http");
        Assert.Equal(1, source.GetProperty("tools_count").GetInt32());
        Assert.Equal(["calculator", "from_later"], source.GetProperty("skipped").EnumerateArray().Select(skipped => skipped.Text("name")).Order());
        Assert.Equal("built_in", (await service.Client.GetJsonAsync("/v1/tools/calculator")).Text("source"));
        using var removed = await service.Client.SendAsync(HttpMethod.Delete, "/v1/tools/from_later");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
    }

    [Fact]
    public async Task Definition_is_given_as_it_was_written_with_references_to_secrets()
    {
        await using var service = await new TestTools().StartServiceAsync(("Secrets:KEY", "the-value-of-it"));
        var definition = Post(
            Api, more: ""","headers":{"Authorization":"Bearer ${secret:KEY}"},"policy":{"timeout":"00:00:30","max_retries":1},"tags":["notes"]""");
        await service.Client.RegisterAsync(definition);

        using var response = await service.Client.SendAsync(HttpMethod.Get, "/v1/tools/post_note/definition");
        var text = await response.Content.ReadAsStringAsync(Cancel);

        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(definition), JsonElement.Parse(text)), text);
        Assert.Matches("^\"[0-9a-f]{64}\"$", response.Headers.ETag?.ToString());
        var shown = text + await service.Client.GetStringAsync("/v1/tools/post_note", Cancel);
        Assert.DoesNotContain("the-value-of-it", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Same_definition_again_is_a_200_and_another_one_a_409()
    {
        await using var service = await TestService.StartAsync();
        await service.Client.RegisterAsync(Get(Api));

        await service.Client.RegisterAsync(Get(Api).Replace("\n", " ", StringComparison.Ordinal), HttpStatusCode.OK);
        var problem = await service.Client.RegisterAsync(Get(Api, description: "Another."), HttpStatusCode.Conflict);

        Assert.Equal("tool_exists", problem.Text("code"));
        Assert.Equal("Gets a user.", (await service.Client.GetJsonAsync("/v1/tools/get_user")).Text("description"));
    }

    [Theory]
    [InlineData("calculator", "built_in")]
    [InlineData("CALCULATOR", "built_in")]
    [InlineData("Get_User", "http")]
    public async Task Name_of_another_tool_is_a_409(string name, string owner)
    {
        await using var service = await TestService.StartAsync();
        await service.Client.RegisterAsync(Get(Api));

        var problem = await service.Client.RegisterAsync(Get(Api, name), HttpStatusCode.Conflict);

        Assert.Equal("name_taken", problem.Text("code"));
        Assert.Contains($"'{owner}'", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twenty_registrations_of_one_name_at_once_have_one_winner()
    {
        await using var service = await TestService.StartAsync();

        var statuses = await Task.WhenAll(Enumerable.Range(0, 20).Select(async number =>
        {
            using var response = await service.Client.SendAsync(HttpMethod.Post, "/v1/tools/register", Get(Api, description: $"Number {number}."));
            return (number, response.StatusCode);
        }));

        var winner = Assert.Single(statuses, status => status.StatusCode == HttpStatusCode.Created);
        Assert.Equal(19, statuses.Count(status => status.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal($"Number {winner.number}.", (await service.Client.GetJsonAsync("/v1/tools/get_user")).Text("description"));
    }

    [Fact]
    public async Task Twenty_identical_registrations_at_once_are_one()
    {
        await using var service = await TestService.StartAsync();

        var statuses = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var response = await service.Client.SendAsync(HttpMethod.Post, "/v1/tools/register", Get(Api));
            return response.StatusCode;
        }));

        Assert.Equal((1, 19), (statuses.Count(status => status == HttpStatusCode.Created), statuses.Count(status => status == HttpStatusCode.OK)));
    }

    [Fact]
    public async Task Put_adds_replaces_and_refuses_a_lost_update()
    {
        await using var service = await TestService.StartAsync();
        using var added = await service.Client.SendAsync(HttpMethod.Put, "/v1/tools/get_user", Get(Api), ("If-None-Match", "*"));
        var tag = added.Headers.ETag!.ToString();

        using var again = await service.Client.SendAsync(HttpMethod.Put, "/v1/tools/get_user", Get(Api), ("If-None-Match", "*"));
        using var first = await service.Client.SendAsync(HttpMethod.Put, "/v1/tools/get_user", Get(Api, description: "First."), ("If-Match", tag));
        using var late = await service.Client.SendAsync(HttpMethod.Put, "/v1/tools/get_user", Get(Api, description: "Late."), ("If-Match", tag));
        using var lateRemoval = await service.Client.SendAsync(HttpMethod.Delete, "/v1/tools/get_user", null, ("If-Match", tag));
        using var unconditional = await service.Client.SendAsync(HttpMethod.Put, "/v1/tools/get_user", Get(Api, description: "Last."));
        using var unquoted = await service.Client.SendAsync(HttpMethod.Put, "/v1/tools/get_user", Get(Api), ("If-Match", "abc"));

        Assert.Equal(
            [201, 412, 200, 412, 412, 200, 400],
            new[] { added, again, first, late, lateRemoval, unconditional, unquoted }.Select(response => (int)response.StatusCode));
        Assert.Equal("Last.", (await service.Client.GetJsonAsync("/v1/tools/get_user")).Text("description"));
    }

    [Fact]
    public async Task Put_whose_name_is_not_the_urls_is_a_400()
    {
        await using var service = await TestService.StartAsync();

        using var response = await service.Client.SendAsync(HttpMethod.Put, "/v1/tools/other", Get(Api));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Removed_tool_is_gone_also_after_a_restart()
    {
        await using var service = await TestService.StartAsync();
        await service.Client.RegisterAsync(Get(Api));

        using var removed = await service.Client.SendAsync(HttpMethod.Delete, "/v1/tools/get_user");
        using var again = await service.Client.SendAsync(HttpMethod.Delete, "/v1/tools/get_user");
        using var builtIn = await service.Client.SendAsync(HttpMethod.Delete, "/v1/tools/calculator");

        Assert.Equal(
            (HttpStatusCode.NoContent, HttpStatusCode.NotFound, HttpStatusCode.Conflict), (removed.StatusCode, again.StatusCode, builtIn.StatusCode));
        await service.Client.GetJsonAsync("/v1/tools/get_user", HttpStatusCode.NotFound);
        await service.RestartAsync();
        await service.Client.GetJsonAsync("/v1/tools/get_user/definition", HttpStatusCode.NotFound);
        await service.Client.CallAsync("get_user", """{"id":"1"}""", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        await using var service = await TestService.StartAsync();

        var problem = await service.Client.RegisterAsync(
            """
            {"name":"no good","description":"","method":"get","url":"http://u:p@{host}/x",
             "parameters":[{"name":"a","type":"text"},{"name":"a"},{"name":"b","in":"nowhere"},{"name":"c","type":"integer","default":"x"}],
             "in":{"z":"query"},"headers":{"Host":"x","X-A":"${secret:NONE}"},"response":{"pointer":"x","max_bytes":0},
             "policy":{"timeout":"02:00:00","max_retries":99},"annotations":{"read_only":true,"destructive":true},"tags":[""]}
            """,
            HttpStatusCode.BadRequest);

        Assert.Equal("invalid_definition", problem.Text("code"));
        Assert.Equal(
            [
                "/name", "/description", "/tags/0", "/parameters/0/type", "/parameters/1/name", "/parameters/3/default", "/policy/timeout",
                "/policy/max_retries", "/annotations", "/method", "/url", "/parameters/2/in", "/in/z", "/response/pointer", "/response/max_bytes",
            ],
            problem.GetProperty("errors").EnumerateArray().Select(error => error.Text("pointer")));
    }

    [Theory]
    [InlineData(""" "url":"https://h/x","input_schema":{"type":"object","properties":{"a":{"type":"strin"}}} """, "/input_schema/properties/a/type")]
    [InlineData(""" "url":"https://h/x","input_schema":{"type":"array"} """, "/input_schema/type")]
    [InlineData(""" "url":"https://h/{a}","parameters":[{"name":"a"}] """, "/parameters/0")]
    [InlineData(""" "url":"https://h/{a}" """, "/url")]
    [InlineData(""" "url":"https://h/x?q={a}" """, "/url")]
    [InlineData(""" "url":"https://h/x?q=1{a}","parameters":[{"name":"a"}] """, "/url")]
    [InlineData(""" "url":"https://h/${secret:KEY}/x" """, "/url")]
    [InlineData(""" "url":"https://h/x","parameters":[{"name":"a","in":"body"}] """, "/parameters/0/in")]
    [InlineData(""" "url":"https://h/x","parameters":[{"name":"a","in":{"in":"header","name":"Content-Length"}}] """, "/parameters/0/in")]
    [InlineData(""" "url":"https://h/x","parameters":[{"name":"a","in":{"in":"query","style":"label"}}] """, "/parameters/0/in/style")]
    [InlineData(""" "url":"https://h/x","parameters":[{"name":"a","in":{"in":"query","sytle":"form"}}] """, "/parameters/0/in/sytle")]
    [InlineData(""" "url":"https://h/x","parameters":[{"name":"a"}],"query":{"a":"1"} """, "/parameters/0")]
    [InlineData(""" "url":"https://h/x","headers":{"X-A":"a\r\nX-B: c"} """, "/headers/X-A")]
    [InlineData(""" "url":"https://h/x","headers":{"X-A":"${secret:KEY}"} """, "/headers/X-A")]
    [InlineData(""" "url":"https://h/x","headers":{"X-A":"${secret:K-Y}"} """, "/headers/X-A")]
    [InlineData(""" "url":"https://h/x","body":{} """, "/body")]
    [InlineData(""" "url":"http://127.0.0.1/x" """, "/url")]
    [InlineData(""" "url":"https://h:22/x" """, "/url")]
    [InlineData(""" "url":"https://h/x","colour":"red" """, "/colour")]
    [InlineData(""" "url":"https://h/x","policy":{"timeout":5} """, "/policy/timeout")]
    [InlineData(""" "url":"https://h/x","url":"https://i/x" """, "/url")]
    public async Task Wrong_definition_is_a_400_that_says_where(string members, string pointer)
    {
        await using var service = await new TestTools().StartServiceAsync(
            ("Secrets:KEY:Value", "the-value-of-it"), ("Secrets:KEY:Hosts:0", "other.example"));

        var problem = await service.Client.RegisterAsync(
            $$"""{"name":"t","description":"d","method":"GET",{{members}}}""", HttpStatusCode.BadRequest);

        Assert.Equal(pointer, Assert.Single(problem.GetProperty("errors").EnumerateArray()).Text("pointer"));
        Assert.DoesNotContain("the-value-of-it", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Number_and_size_are_bounded()
    {
        await using var service = await new TestTools().StartServiceAsync(("HttpTools:MaxTools", "1"), ("HttpTools:MaxDefinitionCharacters", "1024"));
        await service.Client.RegisterAsync(Get(Api));

        var many = await service.Client.RegisterAsync(Get(Api, "another"), HttpStatusCode.Conflict);
        var large = await service.Client.RegisterAsync(Get(Api, "large", new string('x', 2_000)), HttpStatusCode.RequestEntityTooLarge);

        Assert.Equal(("too_many_tools", "definition_too_long"), (many.Text("code"), large.Text("code")));
        using var replaced = await service.Client.SendAsync(HttpMethod.Put, "/v1/tools/get_user", Get(Api, description: "Still fits."));
        Assert.Equal(HttpStatusCode.OK, replaced.StatusCode);
    }

    [Fact]
    public async Task Registration_needs_its_scope()
    {
        await using var service = await TestService.StartAsync(TestKeys.Settings(("user", []), ("deployer", ["register"]), ("root", ["admin"])));
        using var user = service.ClientWithKey(TestKeys.KeyOf("user"));
        using var deployer = service.ClientWithKey(TestKeys.KeyOf("deployer"));
        using var root = service.ClientWithKey(TestKeys.KeyOf("root"));

        await user.RegisterAsync(Get(Api), HttpStatusCode.Forbidden);
        await deployer.RegisterAsync(Get(Api));
        await root.RegisterAsync(Get(Api), HttpStatusCode.OK);

        await user.GetJsonAsync("/v1/tools/get_user");
        await user.GetJsonAsync("/v1/tools/get_user/definition", HttpStatusCode.Forbidden);
        await deployer.GetJsonAsync("/v1/admin/status", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Changed_target_breaks_a_confirmation_that_waits()
    {
        await using var receiver = await HttpReceiver.StartAsync("1");
        await using var service = await new TestTools().StartServiceAsync(Local);
        await service.Client.RegisterAsync(Post(receiver.Url, more: ""","policy":{"requires_confirmation":true}"""));
        var call = await service.Client.CallAsync("post_note", """{"text":"x"}""", HttpStatusCode.Accepted);
        using var replaced = await service.Client.SendAsync(
            HttpMethod.Put, "/v1/tools/post_note", Post($"{receiver.Url}/elsewhere", more: ""","policy":{"requires_confirmation":true}"""));

        var problem = await service.Client.PostJsonAsync(
            $"/v1/confirmations/{call.GetProperty("confirmation").Text("id")}", """{"decision":"approve"}""", HttpStatusCode.Conflict);

        Assert.Equal((HttpStatusCode.OK, "tool_changed"), (replaced.StatusCode, problem.Text("code")));
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task Call_at_work_ends_with_the_definition_that_it_began_with()
    {
        var (arrived, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var receiver = await HttpReceiver.StartAsync(async (context, _) =>
        {
            arrived.TrySetResult();
            await release.Task.WaitAsync(context.RequestAborted);
            await HttpReceiver.JsonAsync(context, """{"old":1,"new":2}""");
        });
        await using var service = await new TestTools().StartServiceAsync(Local);
        await service.Client.RegisterAsync(Post(receiver.Url, more: ""","response":{"pointer":"/old"}"""));
        var call = service.Client.CallAsync("post_note", """{"text":"x"}""");
        await arrived.Task.WaitAsync(Cancel);

        using var replaced = await service.Client.SendAsync(
            HttpMethod.Put, "/v1/tools/post_note", Post(receiver.Url, more: ""","response":{"pointer":"/new"}"""));
        release.SetResult();

        Assert.Equal(1, (await call).GetProperty("result").GetInt32());
        Assert.Equal(2, (await service.Client.CallAsync("post_note", """{"text":"x"}""")).GetProperty("result").GetInt32());
    }

    [Fact]
    public async Task Change_by_another_replica_is_seen()
    {
        await using var service = await new TestTools().StartServiceAsync(("HttpTools:RefreshInterval", "00:00:00.100"));
        await service.Client.RegisterAsync(Get(Api));
        var store = service.Services.GetRequiredService<IDefinitionStore>();
        var found = await store.FindAsync("http_tool", "get_user", Cancel);
        await store.TryReplaceAsync(found! with { Definition = Get(Api, description: "From elsewhere."), Hash = "other" }, found!.Hash);

        while ((await service.Client.GetJsonAsync("/v1/tools/get_user")).Text("description") != "From elsewhere.")
            Cancel.ThrowIfCancellationRequested();
    }

    private static async Task StoreAsync(TestService service, string name, string definition) =>
        await service.Services.GetRequiredService<IDefinitionStore>().TryAddAsync(new StoredDefinition("http_tool", name, definition, "h")
        {
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
            ChangedBy = "x",
        });
}
