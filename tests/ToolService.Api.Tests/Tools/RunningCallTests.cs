using System.Net;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using ToolService.Api.Tests.Chat;
using ToolService.Core.Execution;
using ToolService.Core.Tools;
using ToolService.Testing;

namespace ToolService.Api.Tests.Tools;

/// <summary>What a tool may ask of the service while it runs, and results that are more than text.</summary>
public sealed class RunningCallTests
{
    private const string Schema = """{"type":"object","properties":{"count":{"type":"integer","minimum":1}},"required":["count"]}""";
    private const string Answer = """{"decision":"approve","arguments":{"count":3}}""";
    private const string Ask = """{"tool_name":"ask","arguments":{}}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Content_of_several_kinds_comes_back_whole()
    {
        await using var service = await StartAsync();

        var result = (await service.Client.PostJsonAsync("/v1/tools/call", """{"tool_name":"draw","arguments":{}}""")).GetProperty("result");

        Assert.Equal(
            """{"content_blocks":[{"type":"text","text":"A red dot."},{"type":"image","data":"AQID","mime_type":"image/png"}],"structured":{"color":"red"}}""",
            result.GetRawText());
    }

    [Fact]
    public async Task Model_reads_the_text_of_content()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("draw", "{}")), ScriptedReply.Text("Done."));
        await using var service = await StartAsync(model);

        await service.Client.PostJsonAsync("/v1/chat", """{"message":"Draw."}""");

        var last = model.Requests[1].Json.GetProperty("messages").EnumerateArray().Last();
        Assert.Equal("A red dot.\n[image image/png, 3 bytes; not shown as text]", last.Text("content"));
    }

    [Fact]
    public async Task Progress_is_an_event_of_the_turn()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("work", "{}")), ScriptedReply.Text("Done."));
        await using var service = await StartAsync(model);
        EventReader reader = new(service.Client, null);

        await reader.StartTurnAsync("""{"message":"Work.","stream":true}""", int.MaxValue);

        var events = reader.Events;
        var progress = Assert.Single(events, one => one.Type == "tool_progress").Data;
        Assert.Equal((1.5, 3, "Half way."), (progress.GetProperty("progress").GetDouble(), progress.GetProperty("total").GetDouble(), progress.Text("message")));
        Assert.Equal(events.Single(one => one.Type == "tool_result").Data.GetProperty("result").Text("call_id"), progress.Text("call_id"));
    }

    [Fact]
    public async Task Question_of_a_tool_is_a_confirmation_whose_answer_the_tool_gets()
    {
        await using var service = await StartAsync();
        var call = service.Client.PostJsonAsync("/v1/tools/call", Ask);
        var question = await PendingAsync(service);
        Assert.Equal(("How many?", Schema), (question.GetProperty("elicitation").Text("message"), question.GetProperty("elicitation").GetProperty("schema").GetRawText()));

        var invalid = await service.Client.PostJsonAsync(Url(question), """{"decision":"approve","arguments":{"count":0}}""", HttpStatusCode.BadRequest);
        Assert.Equal("/count", invalid.GetProperty("errors")[0].Text("pointer"));
        var answered = await service.Client.PostJsonAsync(Url(question), """{"decision":"approve","arguments":{"count":3}}""");

        Assert.Equal(("approved", """{"count":3}"""), (answered.Text("status"), answered.GetProperty("answer").GetRawText()));
        Assert.Equal("""accept {"count":3}""", (await call).Text("result"));
        await service.Client.PostJsonAsync(Url(question), """{"decision":"deny"}""", HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Question_may_be_declined()
    {
        await using var service = await StartAsync();
        var call = service.Client.PostJsonAsync("/v1/tools/call", Ask);

        await service.Client.PostJsonAsync(Url(await PendingAsync(service)), """{"decision":"deny"}""");

        Assert.Equal("decline ", (await call).Text("result"));
    }

    [Fact]
    public async Task Question_of_a_turns_tool_is_an_event_and_the_turn_goes_on_after_the_answer()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("ask", "{}")), ScriptedReply.Text("Done."));
        await using var service = await StartAsync(model);
        EventReader reader = new(service.Client, null);
        var turnId = await reader.StartTurnAsync("""{"message":"Ask.","stream":true}""", 1, until: "confirmation_required");
        var question = reader.Events[^1].Data.GetProperty("confirmation");
        var pending = (await service.Client.GetJsonAsync($"/v1/chat/turns/{turnId}")).GetProperty("pending_confirmations");
        Assert.Equal(question.Text("id"), Assert.Single(pending.EnumerateArray()).Text("id"));

        await service.Client.PostJsonAsync(Url(question), """{"decision":"approve","arguments":{"count":2}}""");

        EventReader rest = new(service.Client, turnId);
        await rest.ReadAsync(reader.LastId, int.MaxValue);
        Assert.Equal("Done.", rest.Events[^1].Data.Text("reply"));
    }

    [Fact]
    public async Task Question_of_a_call_that_was_cut_off_is_taken_back()
    {
        await using var service = await StartAsync();
        var call = service.Client.PostAsync("/v1/tools/call", new StringContent(Ask, null, "application/json"), Cancellation);
        var question = await PendingAsync(service);

        await service.RestartAsync();

        var late = await service.Client.PostJsonAsync(Url(question), Answer, HttpStatusCode.Conflict);
        Assert.Equal("cancelled", late.Text("confirmation_status"));
        using var response = await call;
        Assert.Equal("cancelled", (await service.Client.GetJsonAsync($"/v1/tools/history/{question.Text("call_id")}")).Text("status"));
    }

    [Fact]
    public async Task Question_that_a_crash_left_behind_cannot_be_answered()
    {
        var before = DateTimeOffset.UtcNow;
        await using var service = await StartAsync();
        await service.Services.GetRequiredService<ICallStore>().AddElicitationAsync(new Confirmation
        {
            Id = "conf_left",
            Owner = "local",
            CallId = "call_left",
            ToolName = "ask",
            Arguments = "{}",
            DefinitionHash = "",
            Elicitation = new Elicitation("How many?", JsonElement.Parse(Schema)),
            Status = ConfirmationStatus.Pending,
            CreatedAt = before,
            ExpiresAt = DateTimeOffset.UtcNow.AddHours(1),
        });

        var late = await service.Client.PostJsonAsync("/v1/confirmations/conf_left", Answer, HttpStatusCode.Gone);

        Assert.Equal("confirmation_expired", late.Text("code"));
    }

    private static async Task<TestService> StartAsync()
    {
        var service = await TestService.StartAsync(new Dictionary<string, string> { ["Execution:ShutdownGrace"] = "00:00:00" });
        AddTools(service);
        return service;
    }

    private static async Task<TestService> StartAsync(ScriptedModelServer model)
    {
        var service = await new TestTools().StartServiceAsync(model);
        AddTools(service);
        return service;
    }

    private static void AddTools(TestService service) => service.Services.GetRequiredService<ToolRegistry>().Replace(
        "running",
        [
            ToolFactory.FromMethod(
                () => new ToolContent([ContentBlock.OfText("A red dot."), ContentBlock.OfImage([1, 2, 3], "image/png")])
                {
                    Structured = JsonElement.Parse("""{"color":"red"}"""),
                },
                "draw", "Draws.", source: "running"),
            ToolFactory.FromMethod(
                (AIFunctionArguments arguments) =>
                {
                    arguments.Running()!.Report(new ToolProgress(1.5, 3, "Half way."));
                    return "worked";
                },
                "work", "Works.", source: "running"),
            ToolFactory.FromMethod(AskAsync, "ask", "Asks.", source: "running"),
        ]);

    private static async Task<string> AskAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var answer = await arguments.Running()!.ElicitAsync(new Elicitation("How many?", JsonElement.Parse(Schema)), cancellationToken);
        return $"{JsonNamingPolicy.SnakeCaseLower.ConvertName(answer.Action.ToString())} {answer.Content}";
    }

    private static async Task<JsonElement> PendingAsync(TestService service)
    {
        while (true)
        {
            var pending = await service.Client.GetJsonAsync("/v1/confirmations?status=pending");
            if (pending.GetArrayLength() > 0)
                return pending[0];
        }
    }

    private static string Url(JsonElement confirmation) => $"/v1/confirmations/{confirmation.Text("id")}";
}
