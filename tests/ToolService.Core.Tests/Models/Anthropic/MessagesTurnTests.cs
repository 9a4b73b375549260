using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Models;
using ToolService.Testing;

namespace ToolService.Core.Tests.Models.Anthropic;

public class MessagesTurnTests
{
    private static readonly ChatMessage Question = new(ChatRole.User, "hi");

    [Fact]
    public async Task Calls_and_results_are_sent_as_they_were_written_and_results_come_first()
    {
        var sent = await SentAsync(
            Question,
            new(ChatRole.Assistant, [new TextContent("Then:"), Call("call_1", """{ "b":1, "a":1.50 }"""), Call("call_2", "{}")]),
            new(ChatRole.Tool, [new FunctionResultContent("call_1", JsonElement.Parse("""{"x":1}"""))]),
            new(ChatRole.User, "Go on."),
            new(ChatRole.Tool, [new FunctionResultContent("call_2", null)]));

        Assert.Equal(
            """[{"role":"user","content":[{"type":"text","text":"hi"}]},"""
            + """{"role":"assistant","content":[{"type":"text","text":"Then:"},"""
            + """{"type":"tool_use","id":"call_1","name":"calculator","input":{ "b":1, "a":1.50 }},{"type":"tool_use","id":"call_2","name":"calculator","input":{}}]},"""
            + """{"role":"user","content":[{"type":"tool_result","tool_use_id":"call_1","content":"{\"x\":1}"},{"type":"tool_result","tool_use_id":"call_2"},"""
            + """{"type":"text","text":"Go on."}]}]""",
            sent.GetRawText());
    }

    [Theory]
    [InlineData("no such note", "no such note")]
    [InlineData("", "The call failed.")]
    public async Task Failed_call_is_an_error_with_words_also_after_it_was_stored(string text, string told)
    {
        var failed = new FunctionResultContent("call_1", text);
        ToolResults.MarkError(failed);

        var sent = await SentAsync(Question, new(ChatRole.Assistant, [Call("call_1", "{}")]), Stored(new ChatMessage(ChatRole.Tool, [failed])));

        var result = sent[2].GetProperty("content")[0];
        Assert.True(result.GetProperty("is_error").GetBoolean());
        Assert.Equal(told, result.GetProperty("content").GetString());
    }

    [Fact]
    public async Task Call_with_broken_arguments_is_sent_with_none()
    {
        var sent = await SentAsync(Question, new(ChatRole.Assistant, [Call("call_1", """{"expression": """)]));

        Assert.Equal("{}", sent[1].GetProperty("content")[0].GetProperty("input").GetRawText());
    }

    [Fact]
    public async Task Arguments_as_deep_as_a_call_may_have_are_sent()
    {
        var deep = $$"""{"x":{{new string('[', 60)}}{{new string(']', 60)}}}""";

        var request = await RequestAsync([Question, new(ChatRole.Assistant, [Call("call_1", deep)])]);

        Assert.Contains(deep, request.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ids_and_names_that_are_not_accepted_are_replaced_alike_in_calls_and_results()
    {
        var call = ToolCallArguments.ToCall("functions.echo:0 é", "functions.echo é", "{}");

        var sent = await SentAsync(
            Question,
            new(ChatRole.Assistant, [call, Call("functions.echo:1 é", "{}")]),
            new(ChatRole.Tool, [new FunctionResultContent("functions.echo:0 é", "a"), new FunctionResultContent("functions.echo:1 é", "b")]));

        var calls = sent[1].GetProperty("content").EnumerateArray().ToList();
        var ids = calls.Select(block => block.GetProperty("id").GetString()!).ToList();
        Assert.All(ids, id => Assert.Matches("^[a-zA-Z0-9_-]+$", id));
        Assert.Equal(2, ids.Distinct().Count());
        Assert.Equal(ids, sent[2].GetProperty("content").EnumerateArray().Select(block => block.GetProperty("tool_use_id").GetString()));
        Assert.Equal("functions_echo__", calls[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Blank_texts_and_messages_without_anything_are_left_out()
    {
        var sent = await SentAsync(
            Question,
            new(ChatRole.Assistant, " \n"),
            new(ChatRole.User, "Still there?"),
            new(ChatRole.Assistant, [new TextContent(""), Call("call_1", "{}")]));

        Assert.Equal(
            """[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"text","text":"Still there?"}]},"""
            + """{"role":"assistant","content":[{"type":"tool_use","id":"call_1","name":"calculator","input":{}}]}]""",
            sent.GetRawText());
    }

    [Fact]
    public async Task Last_words_of_the_assistant_have_no_space_at_their_end()
    {
        var sent = await SentAsync(Question, new(ChatRole.Assistant, "The answer is \n"));

        Assert.Equal("The answer is", sent[1].GetProperty("content")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Images_are_sent_as_bytes_or_address()
    {
        var sent = await SentAsync(new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1, 2, 3 }, "image/png"), new UriContent("https://example.org/a.png", "image/png")]));

        Assert.Equal(
            """[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AQID"}},"""
            + """{"type":"image","source":{"type":"url","url":"https://example.org/a.png"}}]}]""",
            sent.GetRawText());
    }

    [Fact]
    public async Task Content_of_another_kind_is_told_before_anything_is_sent() =>
        await Assert.ThrowsAsync<NotSupportedException>(() => RequestAsync([new(ChatRole.User, [new DataContent(new byte[] { 1 }, "audio/wav")])]));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Thoughts_are_sent_back_to_the_model_that_had_them_also_after_they_were_stored(bool stored)
    {
        var answer = await ThoughtfulAnswerAsync();

        var sent = await SentAsync(Question, stored ? Stored(answer) : answer);

        Assert.Equal(
            """[{"type":"thinking","thinking":"Hm, two.","signature":"c2ln"},{"type":"redacted_thinking","data":"ZGF0YQ=="},{"type":"thinking","thinking":"","signature":"b21pdA=="},"""
            + """{"type":"text","text":"I will look."},{"type":"tool_use","id":"toolu_1","name":"a","input":{}}]""",
            sent[1].GetProperty("content").GetRawText());
    }

    [Fact]
    public async Task Thoughts_of_another_model_are_not_sent()
    {
        var answer = await ThoughtfulAnswerAsync();

        var request = await RequestAsync([Question, answer], new ChatOptions { ModelId = "claude-opus-4" });

        Assert.Equal(["text", "tool_use"], request.Json.GetProperty("messages")[1].GetProperty("content").EnumerateArray().Select(block => block.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Message_of_thoughts_alone_is_left_out()
    {
        var answer = await AnswerAsync(
            MessageEvents.Block(0, """{"type":"thinking","thinking":"","signature":"c2ln"}"""), MessageEvents.End(0), MessageEvents.Finish("max_tokens"));

        var sent = await SentAsync(Question, answer, new(ChatRole.User, "Well?"));

        Assert.Equal(1, sent.GetArrayLength());
    }

    private static Task<ChatMessage> ThoughtfulAnswerAsync() => AnswerAsync(
        MessageEvents.Block(0, """{"type":"thinking","thinking":"","signature":""}"""),
        MessageEvents.Delta(0, """{"type":"thinking_delta","thinking":"Hm, "}"""),
        MessageEvents.Delta(0, """{"type":"thinking_delta","thinking":"two."}"""),
        MessageEvents.Delta(0, """{"type":"signature_delta","signature":"c2ln"}"""),
        MessageEvents.End(0),
        MessageEvents.Block(1, """{"type":"redacted_thinking","data":"ZGF0YQ=="}"""),
        MessageEvents.End(1),
        MessageEvents.Block(2, """{"type":"thinking","thinking":"","signature":""}"""),
        MessageEvents.Delta(2, """{"type":"signature_delta","signature":"b21pdA=="}"""),
        MessageEvents.End(2),
        MessageEvents.Text(3, "I will look."),
        MessageEvents.Call(4, "toolu_1", "a"),
        MessageEvents.End(4),
        MessageEvents.Finish("tool_use"));

    private static async Task<ChatMessage> AnswerAsync(params string[] events)
    {
        await using var server = await ScriptedModelServer.StartAsync(MessageEvents.Reply([MessageEvents.Start, .. events, MessageEvents.Stop]));
        using var client = Clients.For(server);
        return Assert.Single((await client.AskAsync(stream: true)).Messages);
    }

    private static ChatMessage Stored(ChatMessage message) =>
        JsonSerializer.Deserialize<ChatMessage>(JsonSerializer.Serialize(message, AIJsonUtilities.DefaultOptions), AIJsonUtilities.DefaultOptions)!;

    private static FunctionCallContent Call(string id, string arguments) => ToolCallArguments.ToCall(id, "calculator", arguments);

    private static async Task<JsonElement> SentAsync(params ChatMessage[] messages) => (await RequestAsync(messages)).Json.GetProperty("messages");

    private static async Task<RecordedRequest> RequestAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null)
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Text("ok"));
        using var client = Clients.For(server);
        await client.GetResponseAsync(messages, options, TestContext.Current.CancellationToken);
        return Assert.Single(server.Requests);
    }
}
