using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Execution;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Execution;

public sealed class ElicitationTests
{
    private static readonly JsonElement Anything = JsonElement.Parse("""{"type":"object"}""");

    private readonly FakeTime _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Question_that_nobody_answers_in_time_is_cancelled_and_the_tool_goes_on()
    {
        ExecutionOptions options = new() { DefaultTimeout = TimeSpan.FromSeconds(1), ElicitationTimeout = TimeSpan.FromMinutes(2) };
        await using var executor = await TestExecutor.StartAsync(_time, options, Asking(Anything));
        var call = executor.CallAsync("ask", cancellationToken: Cancellation);
        var question = await QuestionAsync(executor);

        await _time.WaitForTimersAsync(1);
        _time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal("\"Cancel\"", (await call).Call.Result);
        Assert.Equal(ConfirmationStatus.Expired, (await executor.Store.FindConfirmationAsync(question.Id, Cancellation))!.Status);
    }

    [Fact]
    public async Task Answer_that_another_process_takes_reaches_the_tool()
    {
        await using var executor = await TestExecutor.StartAsync(_time, new ExecutionOptions(), Asking(Anything));
        var other = executor.OtherProcess(_time);
        var call = executor.CallAsync("ask", cancellationToken: Cancellation);
        var question = await QuestionAsync(executor);

        Assert.Null(await other.ExpireAsync(question));
        var decided = await other.AnswerAsync(
            question, question with { Status = ConfirmationStatus.Approved, DecidedBy = "boss" }, new Decision(true, "boss", null));
        await _time.WaitForTimersAsync(1);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((DecisionOutcome.Decided, "\"Accept\""), (decided.Outcome, (await call).Call.Result));
    }

    [Fact]
    public async Task Tool_whose_question_was_taken_back_elsewhere_goes_on()
    {
        await using var executor = await TestExecutor.StartAsync(_time, new ExecutionOptions(), Asking(Anything));
        var call = executor.CallAsync("ask", cancellationToken: Cancellation);
        var question = await QuestionAsync(executor);

        Assert.True(await executor.Store.TryAnswerElicitationAsync(question with { Status = ConfirmationStatus.Cancelled }));
        await _time.WaitForTimersAsync(1);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("\"Cancel\"", (await call).Call.Result);
    }

    [Fact]
    public async Task Question_of_a_process_that_is_gone_is_taken_back()
    {
        await using var executor = await TestExecutor.StartAsync(_time, new ExecutionOptions(), Asking(Anything));
        _ = executor.CallAsync("ask", cancellationToken: Cancellation);
        var question = await QuestionAsync(executor);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        var expired = await executor.OtherProcess(_time).ExpireAsync(question);

        Assert.Equal(ConfirmationStatus.Cancelled, expired!.Status);
    }

    [Fact]
    public async Task Cancelled_call_takes_its_question_back()
    {
        await using var executor = await TestExecutor.StartAsync(Asking(Anything));
        using CancellationTokenSource cancellation = new();
        var call = executor.CallAsync("ask", cancellationToken: cancellation.Token);
        var question = await QuestionAsync(executor);

        await cancellation.CancelAsync();
        await call;

        while ((await executor.Store.FindConfirmationAsync(question.Id, Cancellation))!.Status is not ConfirmationStatus.Cancelled)
            await Task.Yield();
    }

    [Fact]
    public async Task Question_whose_answer_cannot_be_checked_fails_the_call()
    {
        await using var executor = await TestExecutor.StartAsync(Asking(JsonElement.Parse("""{"type":"nothing"}""")));

        var result = await executor.CallAsync("ask", cancellationToken: Cancellation);

        Assert.Contains("cannot be enforced", result.Call.Error!.Message);
    }

    [Fact]
    public async Task Call_that_has_ended_asks_nothing_more()
    {
        IRunningCall? ended = null;
        await using var executor = await TestExecutor.StartAsync(ToolFactory.FromMethod(
            (AIFunctionArguments arguments) =>
            {
                ended = arguments.Running();
                return "ended";
            },
            "end", "Ends."));
        await executor.CallAsync("end", cancellationToken: Cancellation);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => ended!.ElicitAsync(new Elicitation("Still there?", Anything), Cancellation));
    }

    private static Tool Asking(JsonElement schema) => ToolFactory.FromMethod(
        async (AIFunctionArguments arguments, CancellationToken cancellationToken) =>
            (await arguments.Running()!.ElicitAsync(new Elicitation("Which?", schema), cancellationToken)).Action.ToString(),
        "ask", "Asks.");

    private static async Task<Confirmation> QuestionAsync(TestExecutor executor)
    {
        while (true)
        {
            if (await executor.Store.ListConfirmationsAsync(null, ConfirmationStatus.Pending, null, 1, null, Cancellation) is [var question])
                return question;
            await Task.Yield();
        }
    }
}
