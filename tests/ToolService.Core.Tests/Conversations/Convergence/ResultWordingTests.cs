using ToolService.Core.Conversations.Convergence;
using ToolService.Core.Execution;
using ToolService.Core.Tests.Tools;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Conversations.Convergence;

public class ResultWordingTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("null", true)]
    [InlineData("\"  \"", true)]
    [InlineData("[]", true)]
    [InlineData("""{"items":[],"next":null}""", true)]
    [InlineData("0", false)]
    [InlineData("false", false)]
    [InlineData("""{"count":0}""", false)]
    public void Result_is_empty_when_it_holds_nothing(string? result, bool isEmpty) => Assert.Equal(isEmpty, ResultAdvice.IsEmpty(result));

    [Fact]
    public void Empty_result_of_a_tool_with_effects_is_not_advised_to_be_asked_for_again()
    {
        var call = Rounds.Call("t", result: "null");
        var reader = DefinedTool.Create("t", policy: new ToolPolicy { ReadOnly = true });

        Assert.Contains("do not call it again", ResultAdvice.Of(call, DefinedTool.Create("t")), StringComparison.Ordinal);
        Assert.Contains("other arguments", ResultAdvice.Of(call, reader), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ToolErrorCode.TimedOut, false, "Find out whether")]
    [InlineData(ToolErrorCode.TimedOut, true, "less at once")]
    [InlineData(ToolErrorCode.ToolFailed, false, "will fail again")]
    [InlineData(ToolErrorCode.ConfirmationDenied, false, "Do not ask for it again")]
    [InlineData(ToolErrorCode.OutcomeUnknown, false, null)]
    [InlineData(ToolErrorCode.Cancelled, false, null)]
    public void Failure_says_what_to_do_next(ToolErrorCode code, bool retryable, string? expected)
    {
        var call = Rounds.Call("t") with { Error = new ToolError(code, "x", retryable) };

        var hint = RecoveryHints.Of(call, DefinedTool.Create("t"), false, []);

        if (expected is null)
            Assert.Null(hint);
        else
            Assert.Contains(expected, hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_tool_is_answered_with_the_tools_there_are_unless_near_names_are_known()
    {
        var call = Rounds.Call("t") with { Error = new ToolError(ToolErrorCode.UnknownTool, "x") };

        Assert.Equal("Your tools are: a, b.", RecoveryHints.Of(call, null, false, ["a", "b"]));
        Assert.Null(RecoveryHints.Of(call, null, true, ["a", "b"]));
    }

    [Theory]
    [InlineData("Finds notes. Takes a query.", "Finds notes.")]
    [InlineData("Finds notes, e.g. old ones, up to 2.5 MB. More.", "Finds notes, e.g. old ones, up to 2.5 MB.")]
    [InlineData("Finds notes\nand more", "Finds notes")]
    [InlineData("", "")]
    public void First_sentence_is_found(string text, string sentence) => Assert.Equal(sentence, OneLineFunction.FirstSentence(text));

    [Theory]
    [InlineData("""{"final_answer":"x"}""", "x")]
    [InlineData("""{"reasoning":"y","Response":"x"}""", "x")]
    [InlineData("""{"something":"x"}""", "x")]
    [InlineData("x", "x")]
    [InlineData("""["x"]""", """["x"]""")]
    [InlineData("{\"answer\":\"x", "")]
    [InlineData("{}", "")]
    [InlineData("""{"answer":null}""", "")]
    public void Final_answer_is_found_whatever_it_is_called(string arguments, string answer) =>
        Assert.Equal(answer, FinalAnswers.TextOf(arguments));

    [Fact]
    public void Failures_of_a_tool_in_a_row_end_with_its_success()
    {
        var rounds = Rounds.Of("t=!", "t", "t=!", "other", "t=!");

        Assert.Equal(2, RecoveryAdvisor.FailuresInARow(rounds, "t"));
        Assert.Equal(0, RecoveryAdvisor.FailuresInARow(rounds, "other"));
    }
}
