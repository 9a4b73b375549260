using System.Net;
using System.Text.Json;
using ToolService.Testing;

namespace ToolService.Api.Tests.Chat;

public sealed class TurnSettingsTests
{
    private readonly TestTools _tools = new();

    [Fact]
    public async Task Settings_of_the_request_go_to_the_model_in_every_round()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("echo", """{"text":"x"}""")), ScriptedReply.Text("ok"));
        await using var service = await StartAsync(model);

        await ChatAsync(service, """ "temperature":0.5,"max_output_tokens":77,"parallel_tool_calls":false """);

        Assert.All(model.Requests, request =>
        {
            Assert.Equal(0.5, request.Json.GetProperty("temperature").GetDouble());
            Assert.Equal(77, request.Json.GetProperty("max_tokens").GetInt32());
            Assert.False(request.Json.GetProperty("parallel_tool_calls").GetBoolean());
        });
    }

    [Fact]
    public async Task Model_that_must_call_a_tool_first_may_answer_afterwards()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("echo", """{"text":"x"}""")), ScriptedReply.Text("ok"));
        await using var service = await StartAsync(model);

        var turn = await ChatAsync(service, """ "tool_choice":"echo" """);

        Assert.Equal("completed", turn.Text("status"));
        Assert.Equal("echo", model.Requests[0].Json.GetProperty("tool_choice").GetProperty("function").Text("name"));
        Assert.Equal("auto", model.Requests[1].Json.Text("tool_choice"));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("required")]
    [InlineData("auto")]
    public async Task Tool_choice_goes_to_the_model(string choice)
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text("ok"));
        await using var service = await StartAsync(model);

        await ChatAsync(service, $""" "tool_choice":"{choice}" """);

        Assert.Equal(choice, model.Requests[0].Json.Text("tool_choice"));
    }

    [Theory]
    [InlineData(""" "temperature":2.1 """, "/temperature", "temperature must be from 0 to 2, is 2.1.")]
    [InlineData(""" "max_output_tokens":0 """, "/max_output_tokens", "max_output_tokens must be at least 1, is 0.")]
    [InlineData(
        """ "tool_choice":"ecko" """, "/tool_choice",
        "tool_choice must be auto, none, required or the name of a tool that the turn may use. Did you mean echo?")]
    [InlineData(
        """ "tool_choice":"echo","tools":["add_note"] """, "/tool_choice",
        "tool_choice must be auto, none, required or the name of a tool that the turn may use.")]
    [InlineData(""" "tool_choice":"required","tools":[] """, "/tool_choice", "tool_choice is 'required', but the turn has no tools.")]
    public async Task Setting_that_cannot_work_is_refused_before_there_is_a_turn(string settings, string pointer, string message)
    {
        await using var model = await ScriptedModelServer.StartAsync();
        await using var service = await StartAsync(model);

        var problem = await ChatAsync(service, settings, HttpStatusCode.BadRequest);

        var error = problem.GetProperty("errors")[0];
        Assert.Equal((pointer, message), (error.Text("pointer"), error.Text("message")));
        Assert.Empty((await service.Client.GetJsonAsync("/v1/chat/sessions")).EnumerateArray());
    }

    [Fact]
    public async Task Response_schema_that_is_none_is_refused()
    {
        await using var model = await ScriptedModelServer.StartAsync();
        await using var service = await StartAsync(model);

        var problem = await ChatAsync(service, """ "response_schema":{"type":"objekt"} """, HttpStatusCode.BadRequest);

        Assert.Equal("/response_schema", problem.GetProperty("errors")[0].Text("pointer"));
    }

    [Theory]
    [InlineData("""{"const":"\ud800"}""")]
    [InlineData("""{"description":"\ud800"}""")]
    public async Task Schema_with_half_a_surrogate_pair_is_refused(string schema)
    {
        await using var model = await ScriptedModelServer.StartAsync();
        await using var service = await StartAsync(model);

        var problem = await ChatAsync(service, $"\"response_schema\":{schema}", HttpStatusCode.BadRequest);

        Assert.Equal("/response_schema", problem.GetProperty("errors")[0].Text("pointer"));
    }

    [Fact]
    public async Task Answer_with_half_a_surrogate_pair_is_asked_for_again()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Text("""{"n":"\ud800"}"""), ScriptedReply.Text("""{"n":1}"""));
        await using var service = await StartAsync(model);

        var turn = await ChatAsync(service, """ "response_schema":{"type":"object"} """);

        Assert.Equal(("completed", """{"n":1}"""), (turn.Text("status"), turn.Text("reply")));
    }

    [Fact]
    public async Task Answer_that_satisfies_the_schema_keeps_its_characters()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text("""{"n": "<Zoë's> \u00e9"}"""));
        await using var service = await StartAsync(model);

        var turn = await ChatAsync(service, """ "response_schema":{"type":"object"} """);

        Assert.Equal("""{"n":"<Zoë's> é"}""", turn.Text("reply"));
    }

    [Theory]
    [InlineData("""{"n": 391}""")]
    [InlineData("```json\n{\"n\": 391}\n```")]
    [InlineData("Here it is: {\"n\": 391}. Anything else?")]
    public async Task Answer_that_satisfies_the_schema_is_given_as_a_value(string answer)
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text(answer));
        await using var service = await StartAsync(model);

        var turn = await ChatAsync(service, Schema);

        Assert.Equal("completed", turn.Text("status"));
        Assert.Equal(391, turn.GetProperty("output").GetProperty("n").GetInt32());
        Assert.Equal("""{"n":391}""", turn.Text("reply"));
        var system = model.Requests[0].Json.GetProperty("messages")[0].Text("content");
        Assert.Contains("\"required\":[\"n\"]", system, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_that_does_not_satisfy_the_schema_is_asked_for_again()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text("""{"n":"many"}"""), ScriptedReply.Text("""{"n":391}"""));
        await using var service = await StartAsync(model);

        var turn = await ChatAsync(service, Schema);

        Assert.Equal(391, turn.GetProperty("output").GetProperty("n").GetInt32());
        var correction = model.Requests[1].Json.GetProperty("messages").EnumerateArray().Last();
        Assert.Equal("user", correction.Text("role"));
        Assert.Contains("/n: must be an integer", correction.Text("content"), StringComparison.Ordinal);
        var messages = await service.Client.GetJsonAsync($"/v1/chat/sessions/{turn.Text("session_id")}/messages");
        Assert.Equal(["user", "assistant"], messages.EnumerateArray().Select(message => message.Text("role")));
    }

    [Fact]
    public async Task Rejected_answer_is_taken_back_in_the_stream()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text("many"), ScriptedReply.Text("""{"n":391}"""));
        await using var service = await StartAsync(model);

        var turn = await ChatAsync(service, Schema);

        var reader = new EventReader(service.Client, turn.Text("turn_id"));
        await reader.ReadAsync(null, int.MaxValue);
        var notice = reader.Events.Single(watched => watched.Type == "notice").Data;
        Assert.Equal(("answer_rejected", 1), (notice.Text("code"), notice.GetProperty("void_after").GetInt32()));
    }

    [Fact]
    public async Task Model_that_never_satisfies_the_schema_leaves_the_turn_incomplete()
    {
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Text("many"));
        await using var service = await StartAsync(model, ("Chat:MaxAnswerRepairs", "1"));

        var turn = await ChatAsync(service, Schema);

        Assert.Equal(("incomplete", "invalid_answer", "many"), (turn.Text("status"), turn.GetProperty("reason").Text("code"), turn.Text("reply")));
        Assert.False(turn.TryGetProperty("output", out _));
        Assert.Equal(2, model.Requests.Count);
    }

    [Fact]
    public async Task Schema_goes_to_a_provider_that_can_hold_its_model_to_it()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text("""{"n":1}"""));
        await using var service = await StartAsync(model, ("Models:Endpoints:scripted:StructuredOutput", "true"));

        await ChatAsync(service, Schema);

        var format = model.Requests[0].Json.GetProperty("response_format");
        Assert.Equal("json_schema", format.Text("type"));
        Assert.True(JsonElement.DeepEquals(
            JsonElement.Parse($"{{{Schema}}}").GetProperty("response_schema"), format.GetProperty("json_schema").GetProperty("schema")));
    }

    [Fact]
    public async Task Session_tells_what_its_turns_have_used_and_cost()
    {
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Text("ok"));
        await using var service = await StartAsync(
            model, ("Models:Endpoints:scripted:InputPrice", "100"), ("Models:Endpoints:scripted:OutputPrice", "400"));
        var first = await ChatAsync(service, """ "max_rounds":3 """);
        await ChatAsync(service, $""" "session_id":"{first.Text("session_id")}" """);

        var usage = (await service.Client.GetJsonAsync($"/v1/chat/sessions/{first.Text("session_id")}")).GetProperty("usage");

        Assert.Equal(
            (2, 20, 10), (usage.GetProperty("turns").GetInt32(), usage.GetProperty("input_tokens").GetInt32(), usage.GetProperty("output_tokens").GetInt32()));
        Assert.Equal(0.003, first.GetProperty("usage").GetProperty("cost").GetDouble(), 6);
        Assert.Equal(0.006, usage.GetProperty("cost").GetDouble(), 6);
    }

    [Fact]
    public async Task Session_of_a_model_without_prices_tells_no_cost()
    {
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Text("ok"));
        await using var service = await StartAsync(model);
        var turn = await ChatAsync(service, """ "max_rounds":3 """);

        var usage = (await service.Client.GetJsonAsync($"/v1/chat/sessions/{turn.Text("session_id")}")).GetProperty("usage");

        Assert.False(usage.TryGetProperty("cost", out _));
    }

    private const string Schema = """ "response_schema":{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]} """;

    private static Task<JsonElement> ChatAsync(TestService service, string members, HttpStatusCode expected = HttpStatusCode.OK) =>
        service.Client.PostJsonAsync("/v1/chat", $$"""{"message":"Go.",{{members}}}""", expected);

    private Task<TestService> StartAsync(ScriptedModelServer model, params (string Name, string Value)[] settings) =>
        _tools.StartServiceAsync(model, settings);
}
