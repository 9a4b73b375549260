using System.Net;
using System.Text.Json;
using ToolService.Testing;

namespace ToolService.Api.Tests.Durability;

public sealed class GivenUpTurnTests
{
    private readonly TestTools _tools = new();

    [Fact]
    public async Task Turn_that_is_given_up_leaves_nothing_that_waits_or_seems_to_run_and_keeps_the_results_that_there_are()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("delete_note", """{"text":"a"}"""), ("add_note", """{"text":"b"}"""), ("add_note", """{"text":"c"}""")),
            ScriptedReply.Text("after"));
        await using var service = await _tools.StartServiceAsync(model);
        var waiting = await service.Client.PostJsonAsync("/v1/chat", """{"message":"Go."}""");
        // As it is found when the process died in this step for the third time, in the middle of a call.
        DatabaseFile.Change(service, "UPDATE turns SET status = 'running', attempts = 3");
        Assert.Equal(1, DatabaseFile.Change(
            service, "UPDATE calls SET status = 'started', result = NULL WHERE tool_name = 'add_note' AND arguments LIKE '%c%'"));

        await service.RestartAsync();
        _tools.AddTo(service);

        var turn = await EndOfAsync(service, waiting);
        Assert.Equal(("failed", "interrupted"), (turn.Text("status"), turn.GetProperty("reason").Text("code")));
        Assert.Equal(
            ["cancelled", "outcome_unknown", "succeeded"],
            turn.GetProperty("tool_calls").EnumerateArray().Select(call => call.Text("status")).Order());
        var problem = await service.Client.PostJsonAsync(
            $"/v1/confirmations/{waiting.GetProperty("pending_confirmations")[0].Text("id")}", """{"decision":"approve"}""", HttpStatusCode.Conflict);
        Assert.Equal("already_decided", problem.Text("code"));
        Assert.DoesNotContain("deleted a", _tools.Effects);

        await service.Client.PostJsonAsync("/v1/chat", $$"""{"message":"More.","session_id":"{{turn.Text("session_id")}}"}""");
        Assert.Contains("added b", model.Requests[1].Body, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> EndOfAsync(TestService service, JsonElement turn)
    {
        while (true)
        {
            var now = await service.Client.GetJsonAsync($"/v1/chat/turns/{turn.Text("turn_id")}");
            if (now.Text("status") is "completed" or "failed" or "awaiting_confirmation")
                return now;
            await Task.Yield();
        }
    }
}
