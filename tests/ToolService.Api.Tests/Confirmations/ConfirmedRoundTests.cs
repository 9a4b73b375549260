using System.Net;
using System.Text;
using System.Text.Json;
using ToolService.Testing;

namespace ToolService.Api.Tests.Confirmations;

public sealed class ConfirmedRoundTests
{
    private const string Approve = """{"decision":"approve"}""";

    private readonly TestTools _tools = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(2, 1, 0)]
    [InlineData(1, 2, 0)]
    public async Task Calls_of_one_round_can_be_decided_in_any_order_and_the_model_reads_their_results_in_its_own(int first, int second, int third)
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(
                ("delete_note", """{"text":"a"}"""), ("add_note", """{"text":"meanwhile"}"""), ("delete_note", """{"text":"b"}"""),
                ("delete_note", """{"text":"c"}""")),
            ScriptedReply.Text("done"));
        await using var service = await StartAsync(model);
        var waiting = await ChatAsync(service);
        string[] decisions = [Approve, """{"decision":"deny","reason":"keep b"}""", """{"decision":"approve","arguments":{"text":"C"}}"""];
        var pending = Pending(waiting);
        Assert.Equal(["added meanwhile"], waiting.GetProperty("tool_calls").EnumerateArray().Where(IsSucceeded).Select(call => call.Text("result")));

        foreach (var index in (int[])[first, second, third])
        {
            Assert.Single(model.Requests);
            await service.Client.PostJsonAsync($"/v1/confirmations/{pending[index]}", decisions[index]);
        }

        await EndOfAsync(service, waiting);
        var results = model.Requests[1].Json.GetProperty("messages").EnumerateArray().Where(message => message.Text("role") == "tool")
            .Select(message => message.Text("content")).ToList();
        Assert.Equal(("deleted a", "added meanwhile", "deleted C"), (results[0], results[1], results[3]));
        Assert.Contains("keep b", results[2], StringComparison.Ordinal);
        Assert.Equal(3, _tools.Effects.Count);
    }

    [Fact]
    public async Task Results_of_calls_that_needed_nobody_are_kept_across_a_restart()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("delete_note", """{"text":"a"}"""), ("add_note", """{"text":"meanwhile"}""")), ScriptedReply.Text("done"));
        await using var service = await StartAsync(model);
        var waiting = await ChatAsync(service);
        await service.RestartAsync();
        _tools.AddTo(service);

        await service.Client.PostJsonAsync($"/v1/confirmations/{Pending(waiting)[0]}", Approve);

        await EndOfAsync(service, waiting);
        Assert.Contains("added meanwhile", model.Requests[1].Body, StringComparison.Ordinal);
        Assert.Equal(["meanwhile", "deleted a"], _tools.Effects);
    }

    [Fact]
    public async Task Turn_goes_on_although_the_client_that_asked_is_gone()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("delete_note", """{"text":"a"}"""), ("slow_note", """{"text":"b"}""")), ScriptedReply.Text("done"));
        await using var service = await StartAsync(model);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var body = new StringContent("""{"message":"Go."}""", Encoding.UTF8, "application/json");
        var chat = service.Client.PostAsync("/v1/chat", body, leave.Token);
        await _tools.Started;
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => chat);
        var pending = await service.Client.GetJsonAsync("/v1/confirmations?status=pending");

        await service.Client.PostJsonAsync($"/v1/confirmations/{pending[0].Text("id")}", Approve);
        _tools.Release();

        Assert.Equal("done", (await EndOfAsync(service, pending[0])).Text("reply"));
        Assert.Equal(2, _tools.Effects.Count);
    }

    [Fact]
    public async Task Approved_call_runs_to_its_end_although_the_person_is_gone()
    {
        await using var service = await _tools.StartServiceAsync(("Tools:RequireConfirmation:0", "slow_note"));
        var call = await service.Client.CallAsync("slow_note", """{"text":"a"}""", HttpStatusCode.Accepted, "slow-1");
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var body = new StringContent(Approve, Encoding.UTF8, "application/json");
        var decision = service.Client.PostAsync($"/v1/confirmations/{call.GetProperty("confirmation").Text("id")}", body, leave.Token);
        await _tools.Started;

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => decision);
        _tools.Release();

        Assert.Equal("added a", (await service.Client.CallAsync("slow_note", """{"text":"a"}""", callId: "slow-1")).Text("result"));
        Assert.Single(_tools.Effects);
    }

    [Fact]
    public async Task Edited_arguments_stand_beside_the_original_ones_in_confirmation_and_history()
    {
        await using var service = await _tools.StartServiceAsync();
        var call = await service.Client.CallAsync("delete_note", """{"text":"a"}""", HttpStatusCode.Accepted, "edited-1");
        var path = $"/v1/confirmations/{call.GetProperty("confirmation").Text("id")}";

        await service.Client.PostJsonAsync(path, """{"decision":"approve","arguments":{"text":"b"}}""");
        await service.RestartAsync();

        var confirmation = await service.Client.GetJsonAsync(path);
        var history = await service.Client.GetJsonAsync("/v1/tools/history/edited-1");
        foreach (var record in (JsonElement[])[confirmation, history])
            Assert.Equal(("b", "a"), (record.GetProperty("arguments").Text("text"), record.GetProperty("original_arguments").Text("text")));
    }

    private static bool IsSucceeded(JsonElement call) => call.Text("status") == "succeeded";

    /// <summary>The confirmations of a waiting turn in the order of its calls.</summary>
    private static List<string> Pending(JsonElement turn) =>
        [.. turn.GetProperty("pending_confirmations").EnumerateArray()
            .OrderBy(pending => pending.GetProperty("arguments").Text("text"), StringComparer.Ordinal)
            .Select(pending => pending.Text("id"))];

    private static Task<JsonElement> ChatAsync(TestService service) => service.Client.PostJsonAsync("/v1/chat", """{"message":"Go."}""");

    private static async Task<JsonElement> EndOfAsync(TestService service, JsonElement turn)
    {
        while (true)
        {
            var now = await service.Client.GetJsonAsync($"/v1/chat/turns/{turn.Text("turn_id")}");
            if (now.Text("status") is "completed" or "cancelled" or "failed")
                return now;
            await Task.Yield();
        }
    }

    private Task<TestService> StartAsync(ScriptedModelServer model) =>
        _tools.StartServiceAsync([
            ("Models:Endpoints:scripted:BaseUrl", model.BaseUrl.ToString()), ("Models:Endpoints:scripted:Model", "scripted"),
            ("Models:Endpoints:scripted:ApiKey", "test"), ("Models:Default", "scripted")]);
}
