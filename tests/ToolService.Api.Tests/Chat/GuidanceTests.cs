using System.Text.Json;
using ToolService.Api.Tests.Hosting;
using ToolService.Testing;

namespace ToolService.Api.Tests.Chat;

/// <summary>What a turn's requests say beyond the conversation, and the requests beside its rounds.</summary>
public sealed class GuidanceTests
{
    private static readonly (string, string) Echo = ("echo", """{"text":"x"}""");

    private readonly TestTools _tools = new();

    [Fact]
    public async Task Last_round_is_asked_without_tools_and_answers()
    {
        await using var model = await ScriptedModelServer.StartAsync(body =>
            body.TryGetProperty("tools", out _) ? ScriptedReply.Calls(Echo) : ScriptedReply.Text("With what I have: x."));
        await using var service = await StartAsync(model, ("Chat:MaxRounds", "3"));

        var turn = await ChatAsync(service);

        Assert.Equal(("completed", "With what I have: x."), (turn.Text("status"), turn.Text("reply")));
        Assert.Equal(3, turn.GetProperty("rounds").GetInt32());
        Assert.Contains("answer now", SystemOf(model.Requests[2]), StringComparison.Ordinal);
        Assert.DoesNotContain("answer now", SystemOf(model.Requests[1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_round_of_a_turn_has_its_tools()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(Echo));
        await using var service = await StartAsync(model);

        var turn = await ChatAsync(service, ""","max_rounds":1""");

        Assert.Equal("max_rounds", turn.GetProperty("reason").Text("code"));
        Assert.Equal("succeeded", turn.GetProperty("tool_calls")[0].Text("status"));
    }

    [Fact]
    public async Task Plan_is_made_without_tools_and_is_read_in_every_round()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Text("1. echo it"), ScriptedReply.Calls(Echo), ScriptedReply.Text("x"));
        await using var service = await StartAsync(model);

        var turn = await ChatAsync(service, ""","plan":true""");

        Assert.Equal(("x", 3), (turn.Text("reply"), turn.GetProperty("rounds").GetInt32()));
        Assert.False(model.Requests[0].Json.TryGetProperty("tools", out _));
        Assert.Contains("- echo: Says what it is told.", SystemOf(model.Requests[0]), StringComparison.Ordinal);
        Assert.All(model.Requests.Skip(1), request => Assert.Contains("1. echo it", SystemOf(request), StringComparison.Ordinal));
        Assert.Equal(30, turn.GetProperty("usage").GetProperty("input_tokens").GetInt64());
        var reader = new EventReader(service.Client, turn.Text("turn_id"));
        await reader.ReadAsync("0", int.MaxValue);
        Assert.Equal(("plan", "1. echo it"), (reader.Events[1].Data.Text("code"), reader.Events[1].Data.Text("message")));
    }

    [Fact]
    public async Task Turn_goes_on_without_a_plan_that_failed()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Error(400, "No."), ScriptedReply.Text("x"));
        await using var service = await StartAsync(model, ("Chat:Convergence:Planning", "True"));

        Assert.Equal("x", (await ChatAsync(service)).Text("reply"));
    }

    [Fact]
    public async Task Refined_answer_takes_the_place_of_its_draft()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text("its teh x"), ScriptedReply.Text("It is the x."));
        await using var service = await StartAsync(model);

        var turn = await ChatAsync(service, ""","refine":true""");

        Assert.Equal(("completed", "It is the x."), (turn.Text("status"), turn.Text("reply")));
        Assert.Contains("its teh x", model.Requests[1].Body, StringComparison.Ordinal);
        var messages = await service.Client.GetJsonAsync($"/v1/chat/sessions/{turn.Text("session_id")}/messages");
        Assert.Equal(["Go.", "It is the x."], messages.EnumerateArray().Select(message => message.Text("content")));
        var reader = new EventReader(service.Client, turn.Text("turn_id"));
        await reader.ReadAsync("0", int.MaxValue);
        var notice = reader.Events.Single(item => item.Type == "notice");
        Assert.Equal(("refined", 1), (notice.Data.Text("code"), notice.Data.GetProperty("void_after").GetInt32()));
        var standing = reader.Events.Where(item => item.Type == "content" && item.Id > notice.Id).Select(item => item.Data.Text("content"));
        Assert.Equal("It is the x.", string.Concat(standing));
    }

    [Fact]
    public async Task Draft_stands_where_it_cannot_be_refined()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text("its teh x"), ScriptedReply.Error(400, "No."));
        await using var service = await StartAsync(model, ("Chat:Convergence:Refinement", "True"));

        var turn = await ChatAsync(service);

        Assert.Equal(("completed", "its teh x"), (turn.Text("status"), turn.Text("reply")));
    }

    [Fact]
    public async Task Demo_model_neither_plans_nor_works_over_its_answer()
    {
        await using var service = await _tools.StartServiceAsync();

        var turn = await service.Client.PostJsonAsync("/v1/chat", """{"message":"echo {\"text\":\"x\"}","model":"demo","plan":true,"refine":true}""");

        Assert.StartsWith("echo answered:", turn.Text("reply"), StringComparison.Ordinal);
        Assert.Equal(2, turn.GetProperty("rounds").GetInt32());
    }

    [Fact]
    public async Task Turn_without_a_session_goes_on_from_the_owners_last_one()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text("Four."), ScriptedReply.Text("Five."));
        await using var service = await StartAsync(model);
        var first = await service.Client.PostJsonAsync("/v1/chat", """{"message":"How many legs has a dog?"}""");

        var second = await ChatAsync(service, ""","continue_previous":true""");

        Assert.NotEqual(first.Text("session_id"), second.Text("session_id"));
        Assert.Contains("How many legs has a dog?", SystemOf(model.Requests[1]), StringComparison.Ordinal);
        Assert.Contains("Four.", SystemOf(model.Requests[1]), StringComparison.Ordinal);
        Assert.Equal("Go.", model.Requests[1].Json.GetProperty("messages")[1].Text("content"));
    }

    [Fact]
    public async Task Nobody_goes_on_from_another_owners_turn()
    {
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Text("Secret."));
        var keys = TestKeys.Settings(("ann", ["chat"]), ("bob", ["chat"]));
        await using var service = await StartAsync(model, [.. keys.Select(setting => (setting.Key, setting.Value))]);
        using var ann = service.ClientWithKey(TestKeys.KeyOf("ann"));
        using var bob = service.ClientWithKey(TestKeys.KeyOf("bob"));
        await ann.PostJsonAsync("/v1/chat", """{"message":"Ann's question."}""");

        await bob.PostJsonAsync("/v1/chat", """{"message":"Go.","continue_previous":true}""");

        Assert.DoesNotContain("Ann's question.", model.Requests[1].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret.", model.Requests[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Short_descriptions_are_the_first_sentences()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text("ok"));
        await using var service = await StartAsync(model, ("Chat:Convergence:ShortDescriptions", "True"));

        await ChatAsync(service, ""","tools":["calculator"]""");

        Assert.Equal(
            "Evaluates an arithmetic expression and returns the number.",
            model.Requests[0].Json.GetProperty("tools")[0].GetProperty("function").Text("description"));
    }

    [Fact]
    public async Task Failed_call_says_what_the_tool_takes_and_an_empty_result_what_it_means()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("echo", """{"text":[1,2]}"""), ("echo", """{"text":""}""")), ScriptedReply.Text("ok"));
        await using var service = await StartAsync(model);

        await ChatAsync(service);

        var results = ResultsIn(model.Requests[1]);
        Assert.Contains("[What the tool takes: \"text\": {", results[0], StringComparison.Ordinal);
        Assert.EndsWith("Required: text.]", results[0], StringComparison.Ordinal);
        Assert.Contains("found nothing", results[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Switched_off_results_are_as_they_are()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("refuse", "{}"), ("echo", """{"text":""}""")), ScriptedReply.Text("ok"));
        await using var service = await StartAsync(model, ("Chat:Convergence:Advice", "False"), ("Chat:Convergence:RecoveryHints", "False"));

        await ChatAsync(service);

        Assert.Equal(
            ["""{"error":{"code":"tool_failed","message":"The note is locked; unlock it first.","retryable":false}}""", ""],
            ResultsIn(model.Requests[1]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Other_model_is_asked_about_a_tool_that_keeps_failing_and_may_fail_itself(bool answers)
    {
        await using var helper = await ScriptedModelServer.StartAsync(
            _ => answers ? ScriptedReply.Text("Unlock\nthe note.") : ScriptedReply.Error(400, "No."));
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("refuse", "{}")), ScriptedReply.Calls(("refuse", "{}")), ScriptedReply.Text("ok"));
        await using var service = await StartAsync(
            model, ("Models:Endpoints:helper:BaseUrl", helper.BaseUrl.ToString()), ("Models:Endpoints:helper:Model", "helper"),
            ("Models:Endpoints:helper:ApiKey", "test"), ("Chat:Convergence:RecoveryModel", "helper"));

        var turn = await ChatAsync(service);

        Assert.Equal("completed", turn.Text("status"));
        Assert.Contains("The note is locked", Assert.Single(helper.Requests).Body, StringComparison.Ordinal);
        Assert.Equal(
            [false, answers], ResultsIn(model.Requests[2]).Select(result => result.EndsWith("[Unlock the note.]", StringComparison.Ordinal)));
    }

    private static string SystemOf(RecordedRequest request) =>
        request.Json.GetProperty("messages")[0] is var first && first.Text("role") == "system" ? first.Text("content") : "";

    private static List<string> ResultsIn(RecordedRequest request) =>
    [
        .. from message in request.Json.GetProperty("messages").EnumerateArray()
           where message.Text("role") == "tool"
           select message.Text("content"),
    ];

    private static Task<JsonElement> ChatAsync(TestService service, string more = "") =>
        service.Client.PostJsonAsync("/v1/chat", $$"""{"message":"Go."{{more}}}""");

    private Task<TestService> StartAsync(ScriptedModelServer model, params (string Name, string Value)[] settings) =>
        _tools.StartServiceAsync(model, settings);
}
