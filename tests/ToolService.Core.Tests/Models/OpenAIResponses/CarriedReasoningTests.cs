using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Models;
using ToolService.Testing;

namespace ToolService.Core.Tests.Models.OpenAIResponses;

public class CarriedReasoningTests
{
    private const string Thought = """{"id":"rs_1","type":"reasoning","summary":[{"type":"summary_text","text":"Add "},{"type":"summary_text","text":"them."}],"encrypted_content":"secret"}""";
    private const string Carried = """{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"Add "},{"type":"summary_text","text":"them."}],"encrypted_content":"secret"}""";
    private const string Call = """{"id":"fc_1","type":"function_call","call_id":"call_1","name":"add","arguments":"{}"}""";
    private const string SentCall = """{"type":"function_call","call_id":"call_1","name":"add","arguments":"{}"}""";
    private const string OtherThought = """{"id":"rs_2","type":"reasoning","summary":[],"encrypted_content":"more"}""";
    private const string Words = """{"id":"msg_1","type":"message","role":"assistant","phase":"commentary","content":[{"type":"output_text","text":"One moment."}]}""";
    private const string SentWords = """{"type":"message","role":"assistant","phase":"commentary","content":"One moment."}""";
    private const string Silence = """{"id":"msg_2","type":"message","role":"assistant","content":[]}""";
    private const string Search = """{"id":"ws_1","type":"web_search_call","status":"completed"}""";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Thought_goes_back_before_the_call_that_it_led_to(bool stream)
    {
        var (answer, input) = await GoOnAsync(Answer(stream, Thought, Call));

        Assert.Equal("Add them.", Assert.Single(answer.Contents.OfType<TextReasoningContent>()).Text);
        Assert.Equal([Carried, SentCall], input);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Items_keep_their_order(bool stream)
    {
        var (_, input) = await GoOnAsync(Answer(stream, Thought, Words, OtherThought, Call));

        Assert.Equal(
            [Carried, SentWords, """{"type":"reasoning","id":"rs_2","summary":[],"encrypted_content":"more"}""", SentCall], input);
    }

    [Fact]
    public async Task Thoughts_in_a_row_go_back_in_a_row()
    {
        var (_, input) = await GoOnAsync(Answer(stream: true, Thought, OtherThought, Call));

        Assert.Equal([Carried, """{"type":"reasoning","id":"rs_2","summary":[],"encrypted_content":"more"}""", SentCall], input);
    }

    [Fact]
    public async Task Thought_of_which_only_the_beginning_came_stays_behind()
    {
        var (_, input) = await GoOnAsync(Clients.Events(
            $$"""{"type":"response.output_item.added","output_index":0,"item":{{Thought}}}""",
            $$"""{"type":"response.output_item.done","output_index":1,"item":{{Call}}}""",
            """{"type":"response.completed","response":{"status":"completed"}}"""));

        Assert.Equal([SentCall], input);
    }

    [Fact]
    public async Task Thought_whose_item_is_not_kept_stays_behind()
    {
        var (_, input) = await GoOnAsync(Answer(stream: false, Thought, Search, Thought, OtherThought, Silence, Words, Call));

        Assert.Equal([SentWords, SentCall], input);
    }

    [Fact]
    public async Task Thought_at_the_end_of_an_answer_stays_behind()
    {
        var (answer, input) = await GoOnAsync(Answer(stream: true, Call, Thought));

        Assert.Single(answer.Contents.OfType<TextReasoningContent>());
        Assert.Equal([SentCall], input);
    }

    [Fact]
    public async Task Thought_that_is_not_encrypted_is_only_shown()
    {
        var (answer, input) = await GoOnAsync(Answer(
            stream: true, """{"id":"rs_1","type":"reasoning","summary":[],"content":[{"type":"reasoning_text","text":"Add."}]}""", Call));

        Assert.Equal("Add.", Assert.Single(answer.Contents.OfType<TextReasoningContent>()).Text);
        Assert.Equal([SentCall], input);
    }

    [Fact]
    public async Task Another_model_is_sent_neither_thoughts_nor_phases()
    {
        var (_, input) = await GoOnAsync(Answer(stream: true, Thought, Words, Call), model: "other");

        Assert.Equal(["""{"type":"message","role":"assistant","content":"One moment."}""", SentCall], input);
    }

    [Fact]
    public async Task Request_is_repeated_without_thoughts_that_are_refused()
    {
        var replies = new Queue<ScriptedReply>(
        [
            Answer(stream: true, Thought, Call), ScriptedReply.Error(400, "The encrypted content could not be decrypted."), ScriptedReply.Text("ok"),
            ScriptedReply.Text("asked again"),
        ]);
        await using var server = await ScriptedModelServer.StartAsync(_ => replies.Dequeue());
        using var client = Clients.For(server);
        var first = await client.AskAsync(stream: true);

        var second = await client.GetResponseAsync(first.Messages, cancellationToken: TestContext.Current.CancellationToken);
        await client.AskAsync(stream: true);

        Assert.Equal("ok", second.Text);
        Assert.Equal([SentCall], Input(server.Requests[2]));
        Assert.Equal([true, true, false, true], server.Requests.Select(request => request.Json.TryGetProperty("include", out _)));
    }

    [Fact]
    public async Task Model_that_refuses_to_be_asked_for_thoughts_is_not_asked_again()
    {
        await using var server = await ScriptedModelServer.StartAsync(body => body.TryGetProperty("include", out _)
            ? ScriptedReply.Error(400, "Encrypted content is not supported with this model.")
            : ScriptedReply.Text("ok"));
        using var client = Clients.For(server);

        await client.AskAsync(stream: true);
        await client.AskAsync(stream: true);

        Assert.Equal([true, false, false], server.Requests.Select(request => request.Json.TryGetProperty("include", out _)));
    }

    [Fact]
    public async Task Model_is_asked_for_thoughts_again_when_something_else_was_refused()
    {
        await using var server = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Error(400, "too long"));
        using var client = Clients.For(server);

        await Assert.ThrowsAsync<ModelException>(() => client.AskAsync(stream: true));
        await Assert.ThrowsAsync<ModelException>(() => client.AskAsync(stream: true));

        Assert.Equal([true, false, true, false], server.Requests.Select(request => request.Json.TryGetProperty("include", out _)));
    }

    private static ScriptedReply Answer(bool stream, params string[] items) => !stream
        ? ScriptedReply.Raw("application/json", $$"""{"status":"completed","output":[{{string.Join(",", items)}}]}""")
        : Clients.Events([
            .. items.SelectMany((item, index) => Streamed(item, index)), """{"type":"response.completed","response":{"status":"completed"}}"""]);

    private static IEnumerable<string> Streamed(string item, int index)
    {
        var json = JsonElement.Parse(item);
        yield return $$"""{"type":"response.output_item.added","output_index":{{index}},"item":{{item.Replace("One moment.", "", StringComparison.Ordinal)}}}""";
        if (json.TryGetProperty("role", out _))
            foreach (var delta in new[] { "One ", "moment." })
                yield return $$"""{"type":"response.output_text.delta","output_index":{{index}},"delta":"{{delta}}"}""";
        yield return $$"""{"type":"response.output_item.done","output_index":{{index}},"item":{{item}}}""";
    }

    // The answer, stored and read again, and what it is in the next request.
    private static async Task<(ChatMessage Answer, IReadOnlyList<string> Input)> GoOnAsync(ScriptedReply first, string? model = null)
    {
        var replies = new Queue<ScriptedReply>([first, ScriptedReply.Text("ok")]);
        await using var server = await ScriptedModelServer.StartAsync(_ => replies.Dequeue());
        using var client = Clients.For(server);
        var message = Stored(Assert.Single((await client.AskAsync(stream: true)).Messages));
        using var next = model is null ? Clients.For(server) : Clients.For(server, model);
        await next.GetResponseAsync([message], cancellationToken: TestContext.Current.CancellationToken);
        return (message, Input(server.Requests[1]));
    }

    private static IReadOnlyList<string> Input(RecordedRequest request) =>
        [.. request.Json.GetProperty("input").EnumerateArray().Select(item => item.GetRawText())];

    private static ChatMessage Stored(ChatMessage message) => JsonSerializer.Deserialize<ChatMessage>(
        JsonSerializer.Serialize(message, AIJsonUtilities.DefaultOptions), AIJsonUtilities.DefaultOptions)!;
}
