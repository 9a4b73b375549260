using System.Net;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ToolService.Testing;

namespace ToolService.Api.Tests.Chat;

public sealed class SessionExportTests
{
    private const string Sessions = "/v1/chat/sessions";
    private readonly TestTools _tools = new();

    [Fact]
    public async Task History_is_taken_along_as_chat_completions_have_it()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Message("Let me see.", [("echo", """{"text":"one"}"""), ("no name", "{\"a\":")]), ScriptedReply.Text("Done."));
        await using var service = await _tools.StartServiceAsync(model);
        var turn = await service.Client.PostJsonAsync("/v1/chat", """{"message":"Go.","system_prompt":"Be brief."}""");

        var taken = await ExportAsync(service, turn);

        var failure = JsonSerializer.Serialize(taken[4].Text("content"));
        Assert.Contains("unknown_tool", failure, StringComparison.Ordinal);
        var expected = JsonElement.Parse(
            """[{"role":"system","content":"Be brief."},{"role":"user","content":"Go."},"""
            + """{"role":"assistant","content":"Let me see.","tool_calls":[{"id":"call_1","type":"function","function":{"name":"echo","arguments":"{\"text\":\"one\"}"}},"""
            + """{"id":"call_2","type":"function","function":{"name":"no_name","arguments":"{\"a\":"}}]},"""
            + """{"role":"tool","content":"one","tool_call_id":"call_1"},"""
            + $$"""{"role":"tool","content":{{failure}},"tool_call_id":"call_2"},{"role":"assistant","content":"Done."}]""");
        Assert.True(JsonElement.DeepEquals(expected, taken), taken.GetRawText());
    }

    [Fact]
    public async Task Calls_that_wait_for_a_person_are_left_out_until_they_have_results()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("delete_note", """{"text":"x"}""")), ScriptedReply.Text("Done."));
        await using var service = await _tools.StartServiceAsync(model);
        var turn = await service.Client.PostJsonAsync("/v1/chat", """{"message":"Go."}""");

        var waiting = await ExportAsync(service, turn);

        Assert.Equal("awaiting_confirmation", turn.Text("status"));
        Assert.Equal("user", Assert.Single(waiting.EnumerateArray()).Text("role"));
        await service.Client.PostJsonAsync(Sessions, $$"""{"messages":{{waiting.GetRawText()}}}""", HttpStatusCode.Created);
        await service.Client.PostJsonAsync($"/v1/chat/turns/{turn.Text("turn_id")}/cancel", "");
        Assert.Equal(["user", "assistant", "tool"], (await ExportAsync(service, turn)).EnumerateArray().Select(message => message.Text("role")));
    }

    [Theory]
    [InlineData("format=yaml", "native, openai")]
    [InlineData("format=", "native, openai")]
    [InlineData("format=openai&limit=10", "leave out limit")]
    [InlineData("format=openai&after=3", "leave out limit")]
    public async Task Other_format_is_a_400_that_says_what_there_is(string query, string expected)
    {
        await using var service = await TestService.StartAsync();
        var session = await service.Client.PostJsonAsync(Sessions, "{}", HttpStatusCode.Created);

        var problem = await service.Client.GetJsonAsync($"{Sessions}/{session.Text("session_id")}/messages?{query}", HttpStatusCode.BadRequest);

        Assert.Contains(expected, problem.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Native_is_the_form_without_a_format()
    {
        await using var service = await TestService.StartAsync();
        var session = await service.Client.PostJsonAsync(Sessions, """{"messages":[{"role":"user","content":"x"}]}""", HttpStatusCode.Created);
        var path = $"{Sessions}/{session.Text("session_id")}/messages";

        Assert.True(JsonElement.DeepEquals(await service.Client.GetJsonAsync(path), await service.Client.GetJsonAsync($"{path}?format=native")));
    }

    [Fact]
    public async Task What_is_brought_is_what_is_taken_along()
    {
        await using var service = await TestService.StartAsync();

        Prop.ForAll(Arb.From(Transcripts.Any()), async messages =>
        {
            var session = await service.Client.PostJsonAsync(Sessions, $$"""{"messages":{{messages}}}""", HttpStatusCode.Created);
            var taken = await ExportAsync(service, session);
            return JsonElement.DeepEquals(JsonElement.Parse(messages), taken);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithEndSize(15));
    }

    private static Task<JsonElement> ExportAsync(TestService service, JsonElement session) =>
        service.Client.GetJsonAsync($"{Sessions}/{session.Text("session_id")}/messages?format=openai");
}
