using Microsoft.Extensions.AI;
using ToolService.Core.Conversations;

namespace ToolService.Core.Tests.Conversations;

public class ClientTranscriptTests
{
    private static readonly TranscriptMessage Question = new(ChatRole.User, "What is a?");

    [Theory]
    [InlineData("It is 1.", "  It is 1.\n", """{"a":1,"b":"é"}""", """{ "b": "\u00e9", "a": 1.0 }""")]
    [InlineData(null, "", "", "")]
    [InlineData("x", "x", "{\"a\":", "{\"a\":")]
    public void Transcript_is_the_same_whatever_clients_do_to_its_layout(string? text, string? changed, string arguments, string rewritten) =>
        Assert.Equal(Hash(Question, Answer(text, arguments)), Hash(Question, Answer(changed, rewritten)));

    [Fact]
    public void Transcript_is_another_one_when_anything_in_it_is()
    {
        string[] hashes =
        [
            Hash(Question), Hash(Question, Question), Hash(new TranscriptMessage(ChatRole.User, "What is b?")), Hash(new TranscriptMessage(ChatRole.System, "What is a?")),
            Hash(Question, Answer("x", "{}")), Hash(Question, Answer("y", "{}")), Hash(Question, Answer("x", """{"a":1}""")), Hash(Question, Answer("x", "[]")),
            Hash(Question, new TranscriptMessage(ChatRole.Assistant, "x")), Hash(Question, new TranscriptMessage(ChatRole.Tool, "x") { CallId = "call_1" }),
            Hash(Question, new TranscriptMessage(ChatRole.Tool, "x") { CallId = "call_2" }),
        ];

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }

    [Fact]
    public void What_was_shown_hashes_to_what_the_next_request_begins_with()
    {
        var answer = Answer("x", "{}");
        var result = new TranscriptMessage(ChatRole.Tool, "1") { CallId = "call_1" };

        Assert.Equal(new ClientTranscript([Question]).HashWith(answer), new ClientTranscript([Question, answer, result, Question]).HashShown());
    }

    private static string Hash(params TranscriptMessage[] messages) => new ClientTranscript(messages).HashAll();

    private static TranscriptMessage Answer(string? text, string arguments) =>
        new(ChatRole.Assistant, text) { Calls = [new TranscriptCall("call_1", "look_up", arguments)] };
}
