using ToolService.Core.Execution;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Execution;

public class RepeatedCallTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"text":"x","note":null}""", true)]
    [InlineData("""{ "note" : null, "text" : "x" }""", true)]
    [InlineData("""{"text":"x"}""", true)]
    [InlineData("""{"text":"x","note":"y"}""", false)]
    public async Task Repeated_call_is_the_same_call_also_where_a_null_means_not_given(string again, bool same)
    {
        var runs = 0;
        await using var executor = await TestExecutor.StartAsync(Tool((string text, string note = "none") => $"{text} {note} {++runs}"));

        var first = await executor.CallAsync("tool", """{"text":"x","note":null}""", "a", Cancellation);
        var second = await executor.CallAsync("tool", again, "a", Cancellation);

        Assert.Equal("\"x none 1\"", first.Call.Result);
        Assert.Equal(same ? null : ToolErrorCode.CallIdConflict, second.Call.Error?.Code);
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Repeated_call_of_a_turns_own_tool_is_the_same_call_also_where_it_was_repaired()
    {
        await using var executor = await TestExecutor.StartAsync();
        executor.Registry.Replace(
            ToolCatalog.TurnSource,
            [
                ToolFactory.FromMethod(
                    (int limit) => limit, "search", "d", new ToolPolicy { ReadOnly = true, Repair = true }, ToolCatalog.TurnSource),
            ]);
        var call = new ToolCall("a", "search", """{"limit":"5"}""");
        var context = TestExecutor.Context(mayExist: true) with { Origin = CallOrigin.Chat };

        var first = await executor.Executor.ExecuteAsync(call, context, Cancellation);
        var second = await executor.Executor.ExecuteAsync(call, context, Cancellation);

        Assert.Equal(("5", "5"), (first.Call.Result, second.Call.Result));
    }

    [Fact]
    public async Task Repeated_call_that_was_refused_is_refused_again_for_the_same_reason()
    {
        var options = new ExecutionOptions { Arguments = { ControlCharacters = ControlCharacterRule.Strip } };
        await using var executor = await TestExecutor.StartAsync(TimeProvider.System, options, Tool((int text) => text));

        await executor.CallAsync("tool", """{"text":"a\u0000b"}""", "a", Cancellation);
        var second = await executor.CallAsync("tool", """{"text":"a\u0000b"}""", "a", Cancellation);

        Assert.Equal(ToolErrorCode.InvalidArguments, second.Call.Error?.Code);
    }

    [Fact]
    public async Task Call_under_a_taken_id_does_not_stand_in_the_way_of_the_one_that_has_it()
    {
        await using var executor = await TestExecutor.StartAsync(Tool((string text) => text));
        await executor.CallAsync("tool", """{"text":"mine"}""", "a", Cancellation);

        for (var round = 0; round < 100; round++)
        {
            var other = executor.CallAsync("tool", """{"text":"other"}""", "a", Cancellation);
            var mine = await executor.CallAsync("tool", """{"text":"mine"}""", "a", Cancellation);

            Assert.Equal("\"mine\"", mine.Call.Result);
            Assert.Equal(ToolErrorCode.CallIdConflict, (await other).Call.Error?.Code);
        }
    }

    private static Tool Tool(Delegate method) => ToolFactory.FromMethod(method, "tool", "Does it.");
}
