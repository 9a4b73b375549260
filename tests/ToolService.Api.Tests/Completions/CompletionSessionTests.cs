using System.Text.Json;
using Microsoft.Extensions.Logging;
using OpenAI.Chat;
using ToolService.Api.Tests.Hosting;
using ToolService.Testing;

namespace ToolService.Api.Tests.Completions;

public sealed class CompletionSessionTests
{
    private readonly TestTools _tools = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Conversation_goes_on_in_its_session_streamed_or_not()
    {
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Text("Yes."));
        await using var service = await _tools.StartServiceAsync(model);
        List<ChatMessage> conversation = [new UserChatMessage("One?")];

        await service.ChatClient().AskAsync(conversation);
        conversation.Add(new UserChatMessage("Two?"));
        await foreach (var _ in service.ChatClient().CompleteChatStreamingAsync(conversation, cancellationToken: Cancellation)) { }
        conversation.AddRange([new AssistantChatMessage(" Yes.\n"), new UserChatMessage("Three?")]);
        await service.ChatClient().AskAsync(conversation);

        Assert.Equal(6, Assert.Single(await SessionsAsync(service)).GetProperty("message_count").GetInt32());
    }

    [Theory]
    [InlineData("Another question?", "Yes.")]
    [InlineData("One?", "No.")]
    public async Task Conversation_that_differs_begins_a_session_with_its_history(string question, string answer)
    {
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Text("Yes."));
        await using var service = await _tools.StartServiceAsync(model);
        await service.ChatClient().AskAsync([new UserChatMessage("One?")]);

        await service.ChatClient().AskAsync([new UserChatMessage(question), new AssistantChatMessage(answer), new UserChatMessage("Two?")]);

        Assert.Equal([4, 2], (await SessionsAsync(service)).Select(session => session.GetProperty("message_count").GetInt32()));
        Assert.Equal([question, answer, "Two?"], Contents(model.Requests[1]).Skip(1));
    }

    [Fact]
    public async Task Conversation_of_another_key_is_never_gone_on_with()
    {
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Calls(("look_up", "{}")));
        await using var service = await _tools.StartServiceAsync(
            model, [.. TestKeys.Settings(("ann", []), ("bob", [])).Select(setting => (setting.Key, setting.Value))]);
        List<ChatMessage> conversation = [new UserChatMessage("Go.")];
        var asked = await service.ChatClient(key: TestKeys.KeyOf("ann")).AskAsync(conversation, Sdk.Offering(Sdk.LookUp));
        conversation.Add(new ToolChatMessage(asked.ToolCalls[0].Id, "stolen"));

        await service.ChatClient(key: TestKeys.KeyOf("bob")).AskAsync(conversation, Sdk.Offering(Sdk.LookUp));

        using var ann = service.ClientWithKey(TestKeys.KeyOf("ann"));
        using var bob = service.ClientWithKey(TestKeys.KeyOf("bob"));
        Assert.Equal(2, (await ann.GetJsonAsync("/v1/chat/sessions"))[0].GetProperty("message_count").GetInt32());
        Assert.Equal(4, (await bob.GetJsonAsync("/v1/chat/sessions"))[0].GetProperty("message_count").GetInt32());
    }

    [Fact]
    public async Task Two_requests_that_go_on_at_once_are_both_answered()
    {
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Text("Yes."));
        await using var service = await _tools.StartServiceAsync(model);
        List<ChatMessage> conversation = [new UserChatMessage("One?")];
        await service.ChatClient().AskAsync(conversation);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number =>
            service.ChatClient().AskAsync([.. conversation, new UserChatMessage($"{number}?")])));

        Assert.All(answers, answer => Assert.Equal("Yes.", answer.Text()));
        Assert.All(await SessionsAsync(service), session => Assert.Equal(4, session.GetProperty("message_count").GetInt32()));
    }

    [Fact]
    public async Task Session_that_was_used_otherwise_since_is_not_gone_on_with()
    {
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Text("Yes."));
        await using var service = await _tools.StartServiceAsync(model);
        List<ChatMessage> conversation = [new UserChatMessage("One?")];
        await service.ChatClient().AskAsync(conversation);
        var id = Assert.Single(await SessionsAsync(service)).Text("session_id");
        await service.Client.PostJsonAsync("/v1/chat", $$"""{"session_id":"{{id}}","message":"Between."}""");

        await service.ChatClient().AskAsync([.. conversation, new UserChatMessage("Two?")]);

        Assert.DoesNotContain("Between.", Contents(model.Requests[^1]));
    }

    [Fact]
    public async Task Session_with_calls_handed_over_goes_on_with_the_services_own_chat()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("echo", """{"text":"one"}"""), ("look_up", """{"key":"a"}""")), ScriptedReply.Text("Fine."));
        RecordingLogs logs = new();
        await using var service = await TestService.StartAsync(
            new Dictionary<string, string>
            {
                ["Models:Endpoints:scripted:BaseUrl"] = model.BaseUrl.ToString(),
                ["Models:Endpoints:scripted:Model"] = "scripted",
                ["Models:Endpoints:scripted:ApiKey"] = "test",
                ["Models:Default"] = "scripted",
            },
            builder => builder.Logging.AddProvider(logs));
        _tools.AddTo(service);
        await service.ChatClient().AskAsync([new UserChatMessage("Go.")], Sdk.Offering(Sdk.LookUp));
        var id = Assert.Single(await SessionsAsync(service)).Text("session_id");

        var export = await service.Client.GetJsonAsync($"/v1/chat/sessions/{id}/messages?format=openai");
        var turn = await service.Client.PostJsonAsync("/v1/chat", $$"""{"session_id":"{{id}}","message":"Never mind."}""");

        Assert.Equal("Fine.", turn.Text("reply"));
        Assert.Single(export.EnumerateArray());
        Assert.Empty(StrictChatCompletions.Violations(model.Requests[1].Json));
        Assert.Equal("one", Contents(model.Requests[1])[3]);
        Assert.Contains("outcome_unknown", Contents(model.Requests[1])[4], StringComparison.Ordinal);
        Assert.DoesNotContain(logs.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Call_without_its_result_counts_as_interrupted()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("look_up", """{"key":"a"}"""), ("look_up", """{"key":"b"}""")), ScriptedReply.Text("Fine."));
        await using var service = await _tools.StartServiceAsync(model);
        List<ChatMessage> conversation = [new UserChatMessage("Go.")];
        var asked = await service.ChatClient().AskAsync(conversation, Sdk.Offering(Sdk.LookUp));
        conversation.AddRange([new ToolChatMessage(asked.ToolCalls[1].Id, "2"), new UserChatMessage("Go on.")]);

        await service.ChatClient().AskAsync(conversation, Sdk.Offering(Sdk.LookUp));

        Assert.Contains("outcome_unknown", Contents(model.Requests[1])[3], StringComparison.Ordinal);
        Assert.Equal("2", Contents(model.Requests[1])[4]);
    }

    [Fact]
    public async Task Turn_tells_which_calls_were_handed_over()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("look_up", """{"key":"a"}""")));
        await using var service = await _tools.StartServiceAsync(model);
        var asked = await service.ChatClient().AskAsync([new UserChatMessage("Go.")], Sdk.Offering(Sdk.LookUp));

        var turn = await service.Client.GetJsonAsync($"/v1/chat/turns/{asked.Id["chatcmpl-".Length..]}");

        Assert.Equal(("incomplete", "client_tools"), (turn.Text("status"), turn.GetProperty("reason").Text("code")));
        Assert.Equal(asked.ToolCalls[0].Id, turn.GetProperty("client_calls")[0].Text("call_id"));
    }

    [Fact]
    public async Task Tool_of_the_client_hides_the_services_and_opens_nothing()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("add_note", """{"key":"a"}"""), ("echo", """{"text":"x"}""")), ScriptedReply.Text("Fine."));
        await using var service = await _tools.StartServiceAsync(model, ("Tools:Denied:0", "echo"));
        List<ChatMessage> conversation = [new UserChatMessage("Go.")];

        var asked = await service.ChatClient().AskAsync(conversation, Sdk.Offering("add_note"));
        conversation.Add(new ToolChatMessage(asked.ToolCalls.Single().Id, "mine"));
        await service.ChatClient().AskAsync(conversation, Sdk.Offering("add_note"));

        Assert.Empty(_tools.Effects);
        Assert.Single(model.Requests[0].Json.GetProperty("tools").EnumerateArray(), tool => tool.GetProperty("function").Text("name") == "add_note");
        Assert.Equal("mine", Contents(model.Requests[1])[3]);
        Assert.Contains("not_allowed", Contents(model.Requests[1])[4], StringComparison.Ordinal);
    }

    private static async Task<List<JsonElement>> SessionsAsync(TestService service) =>
        [.. (await service.Client.GetJsonAsync("/v1/chat/sessions")).EnumerateArray()];

    private static List<string> Contents(RecordedRequest request) =>
        [.. request.Json.GetProperty("messages").EnumerateArray().Select(message => message.Text("content"))];
}
