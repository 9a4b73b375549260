using System.Text.Json;
using ToolService.Testing;

namespace ToolService.Api.Tests.Chat;

public sealed class FinalAnswerTests
{
    private const string WithSchema = ""","response_schema":{"type":"object","required":["n"]}""";

    private readonly TestTools _tools = new();

    [Theory]
    [InlineData("""{"answer":"It is 2."}""", "It is 2.")]
    [InlineData("""{"Text":" It is 2. "}""", "It is 2.")]
    [InlineData("""{"result":{"n":2}}""", """{"n":2}""")]
    [InlineData("""{"n":2,"m":3}""", """{"n":2,"m":3}""")]
    [InlineData("\"It is 2.\"", "It is 2.")]
    public async Task Its_call_ends_the_turn_with_its_text(string arguments, string reply)
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("final_answer", arguments)), ScriptedReply.Text("And so on."));
        await using var service = await StartAsync(model);

        var turn = await ChatAsync(service);

        Assert.Equal(("completed", reply, 1), (turn.Text("status"), turn.Text("reply"), turn.GetProperty("rounds").GetInt32()));
        Assert.Contains(
            model.Requests[0].Json.GetProperty("tools").EnumerateArray(), tool => tool.GetProperty("function").Text("name") == "final_answer");
        var messages = await service.Client.GetJsonAsync($"/v1/chat/sessions/{turn.Text("session_id")}/messages");
        Assert.Equal(["user", "assistant", "tool", "assistant"], messages.EnumerateArray().Select(message => message.Text("role")));
        Assert.Equal(reply, messages[3].Text("content"));
        Assert.Equal("completed", (await ChatAsync(service, $",\"session_id\":\"{turn.Text("session_id")}\"")).Text("status"));
    }

    [Fact]
    public async Task Stream_has_its_text_as_content()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("final_answer", """{"answer":"It is 2."}""")));
        await using var service = await StartAsync(model);
        var reader = new EventReader(service.Client, null);

        await reader.StartTurnAsync("""{"message":"Go.","stream":true}""", int.MaxValue, until: "done");

        Assert.Equal(["turn_started", "tool_calls", "tool_result", "content", "done"], reader.Events.Select(item => item.Type));
        Assert.Equal("It is 2.", reader.Events[3].Data.Text("content"));
    }

    [Fact]
    public async Task Calls_at_its_side_run_first()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("final_answer", """{"answer":"Added."}"""), ("add_note", """{"text":"x"}""")));
        await using var service = await StartAsync(model);

        Assert.Equal("Added.", (await ChatAsync(service)).Text("reply"));
        Assert.Equal(["x"], _tools.Effects);
    }

    [Fact]
    public async Task Answer_waits_for_a_person_with_the_call_at_its_side()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("delete_note", """{"text":"x"}"""), ("final_answer", """{"answer":"Deleted."}""")));
        await using var service = await StartAsync(model);
        var waiting = await ChatAsync(service);
        Assert.Equal("awaiting_confirmation", waiting.Text("status"));

        await service.Client.PostJsonAsync(
            $"/v1/confirmations/{waiting.GetProperty("pending_confirmations")[0].Text("id")}", """{"decision":"approve"}""");
        await new EventReader(service.Client, waiting.Text("turn_id")).ReadAsync("0", int.MaxValue);

        var turn = await service.Client.GetJsonAsync($"/v1/chat/turns/{waiting.Text("turn_id")}");
        Assert.Equal(("completed", "Deleted."), (turn.Text("status"), turn.Text("reply")));
    }

    [Fact]
    public async Task Answer_that_a_failed_call_belies_is_not_given()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("refuse", "{}"), ("final_answer", """{"answer":"Done."}""")),
            ScriptedReply.Calls(("final_answer", """{"answer":"It is locked."}""")));
        await using var service = await StartAsync(model);

        Assert.Equal("It is locked.", (await ChatAsync(service)).Text("reply"));
        Assert.Contains("The user was not given this answer", model.Requests[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_answer_is_asked_for_again()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("final_answer", "{}")), ScriptedReply.Text("Here it is."));
        await using var service = await StartAsync(model);

        Assert.Equal("Here it is.", (await ChatAsync(service)).Text("reply"));
    }

    [Fact]
    public async Task Answer_that_does_not_satisfy_the_turns_schema_is_not_given()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("final_answer", """{"answer":"Two."}""")), ScriptedReply.Text("""{"n":2}"""));
        await using var service = await StartAsync(model);

        var turn = await ChatAsync(service, WithSchema);

        Assert.Equal(("completed", 2), (turn.Text("status"), turn.GetProperty("output").GetProperty("n").GetInt32()));
        Assert.Contains("The user was not given this answer: it is not JSON.", model.Requests[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_that_satisfies_the_turns_schema_is_given_though_the_tool_was_not_offered()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("final_answer", """{"answer":{"n":2}}""")));
        await using var service = await StartAsync(model);

        var turn = await ChatAsync(service, WithSchema);

        Assert.Equal(("completed", """{"n":2}"""), (turn.Text("status"), turn.Text("reply")));
        Assert.DoesNotContain("final_answer", model.Requests[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_that_everything_must_be_approved_does_not_mean_it()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("final_answer", """{"answer":"It is 2."}""")));
        await using var service = await _tools.StartServiceAsync(
            model, ("Chat:Convergence:FinalAnswerTool", "True"), ("Tools:RequireConfirmation:0", "*"));

        Assert.Equal("completed", (await ChatAsync(service)).Text("status"));
    }

    [Fact]
    public async Task Policy_of_its_own_can_have_it_approved()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("final_answer", """{"answer":"It is 2."}""")));
        await using var service = await _tools.StartServiceAsync(
            model, ("Chat:Convergence:FinalAnswerTool", "True"), ("Tools:Policies:final_answer:RequiresConfirmation", "True"));
        var waiting = await ChatAsync(service);

        await service.Client.PostJsonAsync(
            $"/v1/confirmations/{waiting.GetProperty("pending_confirmations")[0].Text("id")}", """{"decision":"approve"}""");
        await new EventReader(service.Client, waiting.Text("turn_id")).ReadAsync("0", int.MaxValue);

        Assert.Equal("It is 2.", (await service.Client.GetJsonAsync($"/v1/chat/turns/{waiting.Text("turn_id")}")).Text("reply"));
    }

    [Fact]
    public async Task Without_the_setting_there_is_no_such_tool()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("final_answer", """{"answer":"x"}""")), ScriptedReply.Text("ok"));
        await using var service = await _tools.StartServiceAsync(model);

        var turn = await ChatAsync(service);

        Assert.Equal("unknown_tool", turn.GetProperty("tool_calls")[0].GetProperty("error").Text("code"));
        Assert.DoesNotContain("final_answer", model.Requests[0].Body, StringComparison.Ordinal);
    }

    private static Task<JsonElement> ChatAsync(TestService service, string more = "") =>
        service.Client.PostJsonAsync("/v1/chat", $$"""{"message":"Go."{{more}}}""");

    private Task<TestService> StartAsync(ScriptedModelServer model) =>
        _tools.StartServiceAsync(model, ("Chat:Convergence:FinalAnswerTool", "True"));
}
