using Microsoft.Extensions.AI;
using ToolService.Core.Conversations;

namespace ToolService.Core.Tests.Conversations;

public class TranscriptTests
{
    private static readonly ChatMessage Question = new(ChatRole.User, "Go.");

    [Fact]
    public void Call_without_a_result_gets_one_that_says_so()
    {
        var transcript = Transcript.ForRequest([Question, Calls("a", "b"), Results(("b", "two"))]);

        Assert.Equal(["user Go.", "assistant a b", "tool a=interrupted b=two"], Read(transcript));
        Assert.Equal(2, transcript.Repairs);
    }

    [Fact]
    public void Results_in_another_order_are_put_into_that_of_the_calls()
    {
        var transcript = Transcript.ForRequest([Question, Calls("a", "b"), Results(("b", "two"), ("a", "one"))]);

        Assert.Equal(["user Go.", "assistant a b", "tool a=one b=two"], Read(transcript));
        Assert.NotEqual(0, transcript.Repairs);
    }

    [Fact]
    public void Results_in_several_messages_are_fine()
    {
        var transcript = Transcript.ForRequest([Question, Calls("a", "b"), Results(("a", "one")), Results(("b", "two"))]);

        Assert.Equal(["user Go.", "assistant a b", "tool a=one b=two"], Read(transcript));
        Assert.Equal(0, transcript.Repairs);
    }

    [Fact]
    public void Late_result_moves_to_its_call()
    {
        var transcript = Transcript.ForRequest([Question, Calls("a"), Question, Results(("a", "one"))]);

        Assert.Equal(["user Go.", "assistant a", "tool a=one", "assistant [No answer: the turn ended before there was one.]", "user Go."], Read(transcript));
        Assert.Equal(1, transcript.Repairs);
    }

    [Fact]
    public void Results_of_no_call_and_second_results_are_not_sent()
    {
        var transcript = Transcript.ForRequest([Question, Results(("x", "?")), Calls("a"), Results(("a", "one"), ("a", "again"), ("y", "?"))]);

        Assert.Equal(["user Go.", "assistant a", "tool a=one"], Read(transcript));
        Assert.Equal(3, transcript.Repairs);
    }

    [Fact]
    public void Ids_that_a_provider_used_before_are_replaced_in_call_and_result()
    {
        var (first, second) = (Calls("a"), Calls("a"));
        FunctionCalls.Identify(first);
        FunctionCalls.Identify(second);
        var own = FunctionCalls.ToToolCall(FunctionCalls.In(second)[0]).Id;

        var transcript = Transcript.ForRequest([Question, first, Answer(first, "one"), second, Answer(second, "two")]);

        Assert.Equal(["user Go.", "assistant a", "tool a=one", $"assistant {own}", $"tool {own}=two"], Read(transcript));
        Assert.Equal(0, transcript.Repairs);
    }

    [Fact]
    public void Message_that_was_never_answered_is_not_taken_up_with_the_next()
    {
        var transcript = Transcript.ForRequest([new ChatMessage(ChatRole.User, "Delete all."), new ChatMessage(ChatRole.Assistant, " "), Question]);

        Assert.Equal(["user Delete all.", "assistant [No answer: the turn ended before there was one.]", "user Go."], Read(transcript));
        Assert.Equal(0, transcript.Repairs);
    }

    [Fact]
    public void Two_answers_in_a_row_are_one_and_a_greeting_has_somebody_to_greet()
    {
        var transcript = Transcript.ForRequest([new ChatMessage(ChatRole.Assistant, "Hello."), new ChatMessage(ChatRole.Assistant, "Ask me."), Question]);

        Assert.Equal(["user [The conversation begins with your message.]", "assistant Hello.\n\nAsk me.", "user Go."], Read(transcript));
    }

    [Fact]
    public void System_prompts_are_one_and_first()
    {
        var transcript = Transcript.ForRequest([new ChatMessage(ChatRole.System, "One."), Question, new ChatMessage(ChatRole.System, "Two.")]);

        Assert.Equal(["system One.\n\nTwo.", "user Go."], Read(transcript));
        Assert.Equal(1, transcript.Repairs);
    }

    [Theory]
    [InlineData("", "unnamed")]
    [InlineData("functions.echo", "functions_echo")]
    [InlineData("é", "_")]
    public void Name_that_providers_would_refuse_is_replaced(string name, string sent)
    {
        ChatMessage calls = new(ChatRole.Assistant, [new FunctionCallContent("a", name)]);

        Assert.Equal(sent, FunctionCalls.In(Transcript.ForRequest([Question, calls, Results(("a", "one"))]).Messages[1])[0].Name);
    }

    [Fact]
    public void Messages_that_are_fine_are_the_same_ones()
    {
        ChatMessage[] messages = [Question, Calls("a"), Results(("a", "one")), new(ChatRole.Assistant, "Done."), Question];

        var sent = Transcript.ForRequest(messages).Messages;

        Assert.Equal([messages[0], messages[1], messages[3], messages[4]], [sent[0], sent[1], sent[3], sent[4]]);
    }

    [Fact]
    public void Ten_thousand_calls_with_one_id_are_told_apart()
    {
        string[] ids = [.. Enumerable.Repeat("a", 10_000)];

        var transcript = Transcript.ForRequest([Question, Calls(ids), Results([.. ids.Select(id => (id, "?"))]), Calls(ids)]);

        Assert.Equal(20_000, transcript.Messages.SelectMany(FunctionCalls.In).Select(call => call.CallId).Distinct(StringComparer.Ordinal).Count());
    }

    private static ChatMessage Calls(params string[] ids) => new(ChatRole.Assistant, [.. ids.Select(id => new FunctionCallContent(id, "echo"))]);

    private static ChatMessage Results(params (string Id, string Text)[] results) =>
        new(ChatRole.Tool, [.. results.Select(result => new FunctionResultContent(result.Id, result.Text))]);

    private static ChatMessage Answer(ChatMessage calls, string text) =>
        new(ChatRole.Tool, [.. FunctionCalls.In(calls).Select(call => FunctionCalls.Result(call, text, isError: false))]);

    private static IEnumerable<string> Read(Transcript transcript) => transcript.Messages.Select(message =>
        $"{message.Role} {string.Join(' ', message.Contents.GroupBy(content => content is TextContent).Select(Read))}");

    private static string Read(IGrouping<bool, AIContent> contents) => contents.Key
        ? string.Concat(contents)
        : string.Join(' ', contents.Select(content => content switch
        {
            FunctionCallContent call => call.CallId,
            FunctionResultContent { Result: string text } result => $"{result.CallId}={(text.Contains("interrupted", StringComparison.Ordinal) ? "interrupted" : text)}",
            _ => "?",
        }));
}
