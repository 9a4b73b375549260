using System.ClientModel;
using OpenAI.Chat;
using ToolService.Testing;

namespace ToolService.Api.Tests.Completions;

public sealed class SdkTests
{
    private readonly TestTools _tools = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_comes_whole_with_what_it_used()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text("Hello, Ada."));
        await using var service = await _tools.StartServiceAsync(model);

        ChatCompletion completion = await service.ChatClient().CompleteChatAsync(
            [new SystemChatMessage("Be brief."), new UserChatMessage("I am Ada.")], cancellationToken: Cancellation);

        Assert.Equal("Hello, Ada.", completion.Text());
        Assert.Equal(ChatFinishReason.Stop, completion.FinishReason);
        Assert.Equal((10, 5, 15), (completion.Usage.InputTokenCount, completion.Usage.OutputTokenCount, completion.Usage.TotalTokenCount));
        Assert.StartsWith("chatcmpl-turn_", completion.Id, StringComparison.Ordinal);
        Assert.Equal(["Be brief.", "I am Ada."], Messages(model.Requests[0]).Select(message => message.Text("content")));
    }

    [Fact]
    public async Task Stream_has_the_answer_piece_by_piece_and_then_what_it_used()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text("One answer in several pieces."));
        await using var service = await _tools.StartServiceAsync(model);

        List<StreamingChatCompletionUpdate> updates = [];
        await foreach (var update in service.ChatClient().CompleteChatStreamingAsync([new UserChatMessage("Go.")], cancellationToken: Cancellation))
            updates.Add(update);

        Assert.Equal("One answer in several pieces.", string.Concat(updates.SelectMany(update => update.ContentUpdate).Select(part => part.Text)));
        Assert.Equal(ChatMessageRole.Assistant, updates[0].Role);
        Assert.Equal([ChatFinishReason.Stop], updates.Where(update => update.FinishReason is not null).Select(update => update.FinishReason!.Value));
        Assert.Equal(15, updates[^1].Usage.TotalTokenCount);
    }

    [Fact]
    public async Task Tools_of_the_service_run_here_and_the_client_sees_the_answer_only()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("add_note", """{"text":"milk"}""")), ScriptedReply.Text("Noted."));
        await using var service = await _tools.StartServiceAsync(model);

        var completion = await service.ChatClient().AskAsync([new UserChatMessage("Note milk.")]);

        Assert.Equal(("Noted.", ChatFinishReason.Stop), (completion.Text(), completion.FinishReason));
        Assert.Empty(completion.ToolCalls);
        Assert.Equal(["milk"], _tools.Effects);
        Assert.Equal("add_note", (await service.Client.GetJsonAsync("/v1/tools/history"))[0].Text("tool_name"));
    }

    [Fact]
    public async Task Tool_of_the_client_is_handed_back_and_its_result_reaches_the_model()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Message("Let me see.", [(Sdk.LookUp, """{"key": "a"}""")]), ScriptedReply.Text("It is 1."));
        await using var service = await _tools.StartServiceAsync(model);
        List<ChatMessage> conversation = [new UserChatMessage("What is a?")];

        var asked = await service.ChatClient().AskAsync(conversation, Sdk.Offering(Sdk.LookUp));
        var call = Assert.Single(asked.ToolCalls);
        conversation.Add(new ToolChatMessage(call.Id, "1"));
        var answer = await service.ChatClient().AskAsync(conversation, Sdk.Offering(Sdk.LookUp));

        Assert.Equal((ChatFinishReason.ToolCalls, "Let me see."), (asked.FinishReason, asked.Text()));
        Assert.Equal((Sdk.LookUp, """{"key": "a"}"""), (call.FunctionName, call.FunctionArguments.ToString()));
        Assert.StartsWith("call_", call.Id, StringComparison.Ordinal);
        Assert.Equal("It is 1.", answer.Text());
        Assert.Equal(["user", "assistant", "tool"], Messages(model.Requests[1]).Skip(1).Select(message => message.Text("role")));
        Assert.Equal("1", Messages(model.Requests[1])[^1].Text("content"));
        Assert.Empty(StrictChatCompletions.Violations(model.Requests[1].Json));
        Assert.Single((await service.Client.GetJsonAsync("/v1/chat/sessions")).EnumerateArray());
    }

    [Fact]
    public async Task Tools_of_both_in_one_round_have_their_results_in_the_order_of_the_calls()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("echo", """{"text":"one"}"""), (Sdk.LookUp, """{"key":"a"}"""), ("add_note", """{"text":"two"}"""), (Sdk.LookUp, """{"key":"b"}""")),
            ScriptedReply.Text("All done."));
        await using var service = await _tools.StartServiceAsync(model);
        List<ChatMessage> conversation = [new UserChatMessage("Do it all.")];

        var asked = await service.ChatClient().AskAsync(conversation, Sdk.Offering(Sdk.LookUp));
        var effects = _tools.Effects.ToList();
        foreach (var call in asked.ToolCalls.Reverse())
            conversation.Add(new ToolChatMessage(call.Id, $"result of {call.FunctionArguments}"));
        conversation.Add(new UserChatMessage("And be quick."));
        var answer = await service.ChatClient().AskAsync(conversation, Sdk.Offering(Sdk.LookUp));

        Assert.Equal(["""{"key":"a"}""", """{"key":"b"}"""], asked.ToolCalls.Select(call => call.FunctionArguments.ToString()));
        Assert.Equal(["two"], effects);
        Assert.Equal(effects, _tools.Effects);
        Assert.Equal("All done.", answer.Text());
        var results = Messages(model.Requests[1]).Where(message => message.Text("role") == "tool").Select(message => message.Text("content"));
        Assert.Equal(["one", """result of {"key":"a"}""", "added two", """result of {"key":"b"}"""], results);
        Assert.Equal("And be quick.", Messages(model.Requests[1])[^1].Text("content"));
        Assert.Empty(StrictChatCompletions.Violations(model.Requests[1].Json));
    }

    [Fact]
    public async Task Tools_of_both_alternate_across_rounds_and_the_model_keeps_what_the_client_does_not_see()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("echo", """{"text":"one"}""")), ScriptedReply.Calls((Sdk.LookUp, """{"key":"a"}""")),
            ScriptedReply.Calls(("echo", """{"text":"two"}""")), ScriptedReply.Text("First."), ScriptedReply.Text("Second."));
        await using var service = await _tools.StartServiceAsync(model);
        List<ChatMessage> conversation = [new SystemChatMessage("Be brief."), new UserChatMessage("Go.")];

        var asked = await service.ChatClient().AskAsync(conversation, Sdk.Offering(Sdk.LookUp));
        conversation.Add(new ToolChatMessage(asked.ToolCalls[0].Id, "1"));
        await service.ChatClient().AskAsync(conversation, Sdk.Offering(Sdk.LookUp));
        conversation.Add(new UserChatMessage("Again."));
        var answer = await service.ChatClient().AskAsync(conversation, Sdk.Offering(Sdk.LookUp));

        Assert.Equal("Second.", answer.Text());
        Assert.Equal(
            ["system", "user", "assistant", "tool", "assistant", "tool", "assistant", "tool", "assistant", "user"],
            Messages(model.Requests[^1]).Select(message => message.Text("role")));
    }

    [Fact]
    public async Task Result_finds_its_turn_after_the_service_was_restarted()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("add_note", """{"text":"x"}"""), (Sdk.LookUp, """{"key":"a"}""")), ScriptedReply.Text("Done."));
        await using var service = await _tools.StartServiceAsync(model);
        List<ChatMessage> conversation = [new UserChatMessage("Go.")];
        var asked = await service.ChatClient().AskAsync(conversation, Sdk.Offering(Sdk.LookUp));

        await service.RestartAsync();
        _tools.AddTo(service);
        conversation.Add(new ToolChatMessage(asked.ToolCalls[0].Id, "1"));
        var answer = await service.ChatClient().AskAsync(conversation, Sdk.Offering(Sdk.LookUp));

        Assert.Equal("Done.", answer.Text());
        Assert.Equal(["added x", "1"], Messages(model.Requests[1]).Where(message => message.Text("role") == "tool").Select(message => message.Text("content")));
        Assert.Equal(["x"], _tools.Effects);
    }

    [Fact]
    public async Task Streamed_calls_come_whole_after_the_text()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Message("Looking.", [(Sdk.LookUp, """{"key":"a"}"""), ("echo", """{"text":"x"}"""), (Sdk.LookUp, """{"key":"b"}""")]));
        await using var service = await _tools.StartServiceAsync(model);

        List<StreamingChatCompletionUpdate> updates = [];
        await foreach (var update in service.ChatClient().CompleteChatStreamingAsync([new UserChatMessage("Go.")], Sdk.Offering(Sdk.LookUp), Cancellation))
            updates.Add(update);

        var calls = updates.SelectMany(update => update.ToolCallUpdates).ToList();
        Assert.Equal("Looking.", string.Concat(updates.SelectMany(update => update.ContentUpdate).Select(part => part.Text)));
        Assert.Equal([0, 1], calls.Select(call => call.Index));
        Assert.Equal([Sdk.LookUp, Sdk.LookUp], calls.Select(call => call.FunctionName));
        Assert.Equal(["""{"key":"a"}""", """{"key":"b"}"""], calls.Select(call => call.FunctionArgumentsUpdate.ToString()));
        Assert.Contains(updates, update => update.FinishReason is ChatFinishReason.ToolCalls);
    }

    [Fact]
    public async Task Answer_satisfies_the_schema_that_was_asked_for()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Text("It is 391."), ScriptedReply.Text("""{"product": 391}"""));
        await using var service = await _tools.StartServiceAsync(model);
        var options = new ChatCompletionOptions
        {
            ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat(
                "answer", BinaryData.FromString("""{"type":"object","properties":{"product":{"type":"integer"}},"required":["product"]}"""), jsonSchemaIsStrict: true),
        };

        var completion = await service.ChatClient().AskAsync([new UserChatMessage("What is 17 * 23?")], options);

        Assert.Equal("""{"product":391}""", completion.Text());
        Assert.Equal(2, model.Requests.Count);
    }

    [Fact]
    public async Task Settings_of_the_request_reach_the_model()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text("ok"));
        await using var service = await _tools.StartServiceAsync(model);
        var options = Sdk.Offering(Sdk.LookUp);
        (options.Temperature, options.TopP, options.MaxOutputTokenCount, options.AllowParallelToolCalls) = (0.5f, 0.25f, 77, false);
        (options.FrequencyPenalty, options.PresencePenalty, options.ToolChoice) = (0.5f, -0.5f, ChatToolChoice.CreateFunctionChoice(Sdk.LookUp));
        options.StopSequences.Add("END");

        await service.ChatClient().AskAsync([new UserChatMessage("Go.")], options);

        var sent = model.Requests[0].Json;
        Assert.Equal(0.5, sent.GetProperty("temperature").GetDouble());
        Assert.Equal(0.25, sent.GetProperty("top_p").GetDouble());
        Assert.Equal(0.5, sent.GetProperty("frequency_penalty").GetDouble());
        Assert.Equal(-0.5, sent.GetProperty("presence_penalty").GetDouble());
        Assert.Equal(["END"], sent.GetProperty("stop").EnumerateArray().Select(stop => stop.GetString()));
        Assert.False(sent.GetProperty("parallel_tool_calls").GetBoolean());
        Assert.Equal(Sdk.LookUp, sent.GetProperty("tool_choice").GetProperty("function").Text("name"));
        Assert.Contains(Sdk.LookUp, Tools(model.Requests[0]));
        Assert.Contains("echo", Tools(model.Requests[0]));
    }

    [Fact]
    public async Task Unknown_model_is_an_exception_that_names_those_there_are()
    {
        await using var service = await TestService.StartAsync();

        var failure = await Assert.ThrowsAsync<ClientResultException>(() => service.ChatClient("gpt-0").AskAsync([new UserChatMessage("Go.")]));

        Assert.Equal(404, failure.Status);
        Assert.Contains("model_not_found", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'gpt-0'; there are demo.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Failed_model_is_an_exception_streamed_or_not(bool stream)
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Error(400, "No."));
        await using var service = await _tools.StartServiceAsync(model);

        var failure = await Assert.ThrowsAsync<ClientResultException>(async () =>
        {
            if (!stream)
                await service.ChatClient().AskAsync([new UserChatMessage("Go.")]);
            else
                await foreach (var _ in service.ChatClient().CompleteChatStreamingAsync([new UserChatMessage("Go.")], cancellationToken: Cancellation)) { }
        });

        Assert.Equal(502, failure.Status);
        Assert.Contains("model_error", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_key_is_an_exception()
    {
        await using var service = await TestService.StartAsync(Hosting.TestKeys.Settings(("ann", [])));

        var failure = await Assert.ThrowsAsync<ClientResultException>(() => service.ChatClient("demo", "wrong").AskAsync([new UserChatMessage("Go.")]));

        Assert.Equal(401, failure.Status);
        Assert.Contains("authentication_error", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_are_listed_and_found_by_either_name()
    {
        await using var service = await TestService.StartAsync(new Dictionary<string, string>
        {
            ["Models:Endpoints:big:BaseUrl"] = "http://127.0.0.1:9/v1",
            ["Models:Endpoints:big:Model"] = "vendor/large-1",
            ["Models:Endpoints:big:ApiKey"] = "test",
        });

        var all = (await service.ModelClient().GetModelsAsync(Cancellation)).Value.Select(model => model.Id);
        var one = (await service.ModelClient().GetModelAsync("vendor/large-1", Cancellation)).Value;
        var failure = await Assert.ThrowsAsync<ClientResultException>(() => service.ModelClient().GetModelAsync("none", Cancellation));

        Assert.Equal(["big", "demo"], all);
        Assert.Equal("big", one.Id);
        Assert.Equal(404, failure.Status);
    }

    [Fact]
    public async Task Demo_model_runs_the_tools_of_the_service_and_hands_back_the_clients()
    {
        await using var service = await TestService.StartAsync();
        List<ChatMessage> conversation = [new UserChatMessage("""calculator {"expression":"17 * 23"} and look_up {"key":"a"}""")];

        var asked = await service.ChatClient("demo").AskAsync(conversation, Sdk.Offering(Sdk.LookUp));
        conversation.Add(new ToolChatMessage(Assert.Single(asked.ToolCalls).Id, "\"first letter\""));
        var answer = await service.ChatClient("demo").AskAsync(conversation, Sdk.Offering(Sdk.LookUp));

        Assert.Contains("391", answer.Text(), StringComparison.Ordinal);
        Assert.Contains("first letter", answer.Text(), StringComparison.Ordinal);
    }

    private static List<System.Text.Json.JsonElement> Messages(RecordedRequest request) => [.. request.Json.GetProperty("messages").EnumerateArray()];

    private static IEnumerable<string> Tools(RecordedRequest request) =>
        request.Json.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("function").Text("name"));
}
