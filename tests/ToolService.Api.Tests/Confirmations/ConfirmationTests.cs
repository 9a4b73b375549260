using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ToolService.Testing;

namespace ToolService.Api.Tests.Confirmations;

public sealed class ConfirmationTests
{
    private const string Approve = """{"decision":"approve"}""";
    private const string Deny = """{"decision":"deny","reason":"not today"}""";

    private readonly TestTools _tools = new();

    [Fact]
    public async Task Call_that_needs_confirmation_waits_and_runs_nothing()
    {
        await using var service = await _tools.StartServiceAsync();

        var call = await AskAsync(service);

        Assert.Equal("confirmation_required", call.Text("status"));
        Assert.Equal("pending", call.GetProperty("confirmation").Text("status"));
        Assert.Empty(_tools.Effects);
        var listed = await service.Client.GetJsonAsync("/v1/confirmations?status=pending");
        Assert.Equal(IdOf(call), listed[0].Text("id"));
        Assert.Equal("x", listed[0].GetProperty("arguments").Text("text"));
    }

    [Fact]
    public async Task Approval_runs_the_call_and_answers_its_result()
    {
        await using var service = await _tools.StartServiceAsync();
        var call = await AskAsync(service);

        var outcome = await DecideAsync(service, IdOf(call), Approve);

        Assert.Equal("deleted x", outcome.Text("result"));
        Assert.Equal("approved", outcome.GetProperty("confirmation").Text("status"));
        Assert.Single(_tools.Effects);
        var record = await service.Client.GetJsonAsync($"/v1/tools/history/{call.Text("call_id")}");
        Assert.Equal("succeeded", record.Text("status"));
        Assert.Equal("local", record.Text("decided_by"));
    }

    [Fact]
    public async Task Denial_ends_the_call_with_its_reason()
    {
        await using var service = await _tools.StartServiceAsync();
        var call = await AskAsync(service);

        var outcome = await DecideAsync(service, IdOf(call), Deny);

        Assert.Equal("confirmation_denied", outcome.GetProperty("error").Text("code"));
        Assert.Contains("not today", outcome.GetProperty("error").Text("message"), StringComparison.Ordinal);
        Assert.Empty(_tools.Effects);
    }

    [Fact]
    public async Task Second_decision_is_a_409_that_says_who_was_first()
    {
        await using var service = await _tools.StartServiceAsync();
        var call = await AskAsync(service);
        await DecideAsync(service, IdOf(call), Deny);

        var problem = await DecideAsync(service, IdOf(call), Approve, HttpStatusCode.Conflict);

        Assert.Equal("already_decided", problem.Text("code"));
        Assert.Equal("denied", problem.Text("confirmation_status"));
        Assert.Equal("local", problem.Text("decided_by"));
        Assert.Empty(_tools.Effects);
    }

    [Fact]
    public async Task Concurrent_approvals_run_the_call_once()
    {
        await using var service = await _tools.StartServiceAsync();
        var call = await AskAsync(service);

        var statuses = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var content = new StringContent(Approve, Encoding.UTF8, "application/json");
            using var response = await service.Client.PostAsync($"/v1/confirmations/{IdOf(call)}", content, TestContext.Current.CancellationToken);
            return response.StatusCode;
        }));

        Assert.Single(statuses, HttpStatusCode.OK);
        Assert.Equal(19, statuses.Count(status => status is HttpStatusCode.Conflict));
        Assert.Single(_tools.Effects);
    }

    [Fact]
    public async Task Late_decision_is_a_410()
    {
        var time = new ManualTime();
        await using var service = await TestService.StartAsync(customize: builder => time.Use(builder.Services));
        _tools.AddTo(service);
        var call = await AskAsync(service);

        time.Advance(TimeSpan.FromMinutes(16));
        var problem = await DecideAsync(service, IdOf(call), Approve, HttpStatusCode.Gone);

        Assert.Equal("confirmation_expired", problem.Text("code"));
        Assert.Empty(_tools.Effects);
        var record = await service.Client.GetJsonAsync($"/v1/tools/history/{call.Text("call_id")}");
        Assert.Equal("confirmation_expired", record.GetProperty("error").Text("code"));
    }

    [Fact]
    public async Task Turn_goes_on_by_itself_when_nobody_decides_in_time()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("delete_note", """{"text":"x"}""")), ScriptedReply.Text("Too late."));
        var time = new ManualTime();
        await using var service = await TestService.StartAsync(
            new Dictionary<string, string>
            {
                ["Models:Endpoints:scripted:BaseUrl"] = model.BaseUrl.ToString(),
                ["Models:Endpoints:scripted:Model"] = "scripted",
                ["Models:Default"] = "scripted",
            },
            customize: builder => time.Use(builder.Services));
        _tools.AddTo(service);
        var turn = await service.Client.PostJsonAsync("/v1/chat", """{"message":"Go."}""");
        Assert.Equal("awaiting_confirmation", turn.Text("status"));

        time.Advance(TimeSpan.FromMinutes(16));
        while (turn.Text("status") is not "completed")
            turn = await service.Client.GetJsonAsync($"/v1/chat/turns/{turn.Text("turn_id")}");

        Assert.Equal("confirmation_expired", turn.GetProperty("tool_calls")[0].GetProperty("error").Text("code"));
        Assert.Empty(_tools.Effects);
    }

    [Fact]
    public async Task Approval_after_a_restart_runs_the_call()
    {
        await using var service = await _tools.StartServiceAsync();
        var call = await AskAsync(service);
        await service.RestartAsync();
        _tools.AddTo(service);

        await DecideAsync(service, IdOf(call), Approve);

        Assert.Single(_tools.Effects);
    }

    [Fact]
    public async Task Tool_that_changed_meanwhile_is_a_409_and_does_not_run()
    {
        await using var service = await _tools.StartServiceAsync();
        var call = await AskAsync(service);
        await service.RestartAsync();

        var problem = await DecideAsync(service, IdOf(call), Approve, HttpStatusCode.Conflict);

        Assert.Equal("tool_changed", problem.Text("code"));
        Assert.Equal("denied", (await service.Client.GetJsonAsync($"/v1/confirmations/{IdOf(call)}")).Text("status"));
    }

    [Fact]
    public async Task Edited_arguments_run_and_both_versions_are_kept()
    {
        await using var service = await _tools.StartServiceAsync();
        var call = await AskAsync(service);

        var outcome = await DecideAsync(service, IdOf(call), """{"decision":"approve","arguments":{"text":"y"}}""");

        Assert.Equal("deleted y", outcome.Text("result"));
        Assert.Equal("x", outcome.GetProperty("confirmation").GetProperty("original_arguments").Text("text"));
        Assert.Equal("y", outcome.GetProperty("confirmation").GetProperty("arguments").Text("text"));
    }

    [Fact]
    public async Task Edited_arguments_that_are_not_valid_are_a_400_and_the_confirmation_still_waits()
    {
        await using var service = await _tools.StartServiceAsync();
        var call = await AskAsync(service);

        await DecideAsync(service, IdOf(call), """{"decision":"approve","arguments":{"text":5}}""", HttpStatusCode.BadRequest);

        Assert.Equal("pending", (await service.Client.GetJsonAsync($"/v1/confirmations/{IdOf(call)}")).Text("status"));
    }

    [Fact]
    public async Task Invalid_call_is_refused_before_anybody_is_asked()
    {
        await using var service = await _tools.StartServiceAsync();

        await service.Client.CallAsync("delete_note", """{"text":5}""", HttpStatusCode.BadRequest);

        Assert.Equal(0, (await service.Client.GetJsonAsync("/v1/confirmations")).GetArrayLength());
    }

    [Fact]
    public async Task Operator_can_require_confirmation_of_any_tool()
    {
        await using var service = await _tools.StartServiceAsync(("Tools:RequireConfirmation:0", "add_*"));

        await service.Client.CallAsync("add_note", """{"text":"x"}""", HttpStatusCode.Accepted);

        Assert.Empty(_tools.Effects);
    }

    [Fact]
    public async Task Other_callers_confirmation_is_a_404_but_an_approver_decides_it_and_is_recorded()
    {
        await using var service = await _tools.StartServiceAsync(
            ("Security:ApiKeys:0:Name", "agent"), ("Security:ApiKeys:0:Hash", HashOf("agent-key")),
            ("Security:ApiKeys:1:Name", "other"), ("Security:ApiKeys:1:Hash", HashOf("other-key")),
            ("Security:ApiKeys:2:Name", "boss"), ("Security:ApiKeys:2:Hash", HashOf("boss-key")), ("Security:ApiKeys:2:Scopes:0", "approve"));
        using var agent = service.ClientWithKey("agent-key");
        using var other = service.ClientWithKey("other-key");
        using var boss = service.ClientWithKey("boss-key");
        var call = await agent.CallAsync("delete_note", """{"text":"x"}""", HttpStatusCode.Accepted);

        await other.PostJsonAsync($"/v1/confirmations/{IdOf(call)}", Approve, HttpStatusCode.NotFound);
        var outcome = await boss.PostJsonAsync($"/v1/confirmations/{IdOf(call)}", Approve);

        Assert.Equal("boss", outcome.GetProperty("confirmation").Text("decided_by"));
        Assert.Equal("agent", outcome.GetProperty("confirmation").Text("caller"));
        Assert.Equal("boss", (await agent.GetJsonAsync($"/v1/tools/history/{call.Text("call_id")}")).Text("decided_by"));
        await other.GetJsonAsync($"/v1/tools/history/{call.Text("call_id")}", HttpStatusCode.NotFound);
    }

    private static Task<JsonElement> AskAsync(TestService service) => service.Client.CallAsync("delete_note", """{"text":"x"}""", HttpStatusCode.Accepted);

    private static Task<JsonElement> DecideAsync(TestService service, string id, string decision, HttpStatusCode expected = HttpStatusCode.OK) =>
        service.Client.PostJsonAsync($"/v1/confirmations/{id}", decision, expected);

    private static string IdOf(JsonElement call) => call.GetProperty("confirmation").Text("id");

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
