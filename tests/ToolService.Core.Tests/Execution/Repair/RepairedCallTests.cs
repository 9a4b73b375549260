using ToolService.Core.Execution;
using ToolService.Core.Execution.Repair;
using ToolService.Core.Tests.Tools;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Execution.Repair;

public class RepairedCallTests
{
    private const string Schema = """{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}""";
    private const string Nearly = """{'n': "5",}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CallOrigin.Chat, null, true, false, true)]
    [InlineData(CallOrigin.Chat, null, false, true, false)]
    [InlineData(CallOrigin.Chat, false, true, true, false)]
    [InlineData(CallOrigin.Api, null, true, false, false)]
    [InlineData(CallOrigin.Api, null, false, true, true)]
    [InlineData(CallOrigin.Api, true, false, false, true)]
    public async Task Tools_policy_goes_before_the_default_for_where_the_call_comes_from(
        CallOrigin origin, bool? policy, bool chat, bool calls, bool repairs)
    {
        var options = new ExecutionOptions { Repair = { Chat = chat, Calls = calls } };
        await using var executor = await TestExecutor.StartAsync(TimeProvider.System, options, Tool(new ToolPolicy { Repair = policy }));

        var result = await CallAsync(executor, Nearly, origin);

        Assert.Equal(repairs ? CallStatus.Succeeded : CallStatus.Rejected, result.Call.Status);
        Assert.Equal(repairs, result.Call.Repairs.Count > 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task History_keeps_what_ran_and_what_was_repaired(bool readOnly)
    {
        await using var executor = await TestExecutor.StartAsync(Tool(new ToolPolicy { ReadOnly = readOnly }));

        var result = await CallAsync(executor, Nearly);

        var stored = await executor.Store.FindAsync(result.Call.CallId, "local", Cancellation);
        Assert.Equal("""{"n":5}""", stored!.Arguments);
        Assert.Equal("""{"n":5}""", stored.Result);
        Assert.Equal([ToolRepairKind.TrailingComma, ToolRepairKind.SingleQuotes, ToolRepairKind.TextToValue], stored.Repairs.Select(repair => repair.Kind));
        Assert.Equal("/n", stored.Repairs[^1].Pointer);
        Assert.Equal(result.Call.Repairs, stored.Repairs);
    }

    [Theory]
    [InlineData(Nearly, true)]
    [InlineData("""{"n":5}""", true)]
    [InlineData("""{"arguments":{"N":"5"}}""", true)]
    [InlineData("""{"n":"6"}""", false)]
    [InlineData("""{"n":"five"}""", false)]
    public async Task Repeated_call_is_the_same_call_however_nearly_right_it_is(string again, bool same)
    {
        await using var executor = await TestExecutor.StartAsync(Tool());
        var first = await CallAsync(executor, Nearly, id: "a");

        var second = await CallAsync(executor, again, id: "a");

        Assert.Equal(CallStatus.Succeeded, first.Call.Status);
        Assert.Equal(same ? null : ToolErrorCode.CallIdConflict, second.Call.Error?.Code);
        Assert.Equal(same, second.Call.Result == first.Call.Result);
    }

    [Fact]
    public async Task Call_that_a_crash_interrupted_runs_again_with_the_repaired_arguments()
    {
        await using var executor = await TestExecutor.StartAsync(Tool(new ToolPolicy { Idempotent = true }));
        await executor.CrashAsync("a", "tool", """{"n":5}""");

        var result = await CallAsync(executor, Nearly, id: "a");

        Assert.Equal("""{"n":5}""", result.Call.Result);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Turn_that_goes_on_finds_its_repaired_call_when_the_tool_is_another_one_or_gone(bool gone)
    {
        await using var executor = await TestExecutor.StartAsync(Tool());
        var context = new CallContext("local", CallOrigin.Chat) { SessionId = "sess_1", TurnId = "turn_1" };
        var call = new ToolCall("a", "tool", Nearly);
        var first = await executor.Executor.ExecuteAsync(call, context, Cancellation);
        executor.Registry.Replace("test", gone ? [] : [DefinedTool.Create("tool", """{"type":"object","required":["m"]}""")]);

        var found = await executor.Executor.ExecuteAsync(call, context with { MayExist = true }, Cancellation);

        Assert.Equal((CallStatus.Succeeded, first.Call.Result), (found.Call.Status, found.Call.Result));
    }

    [Fact]
    public async Task Confirmation_shows_the_repaired_arguments_and_the_call_stays_the_same_after_an_edit()
    {
        await using var executor = await TestExecutor.StartAsync(Tool(new ToolPolicy { RequiresConfirmation = true }));
        var waiting = await CallAsync(executor, Nearly, id: "a");
        Assert.Equal("""{"n":5}""", waiting.Confirmation!.Arguments);
        Assert.NotEmpty(waiting.Call.Repairs);

        var approved = await executor.Confirmations.DecideAsync(waiting.Confirmation, new Decision(true, "local", Arguments: """{"n":6}"""), Cancellation);
        var again = await CallAsync(executor, Nearly, id: "a");

        Assert.Equal("""{"n":6}""", approved.Result!.Call.Result);
        Assert.Empty(approved.Result.Call.Repairs);
        Assert.Equal("""{"n":6}""", again.Call.Result);
    }

    [Fact]
    public async Task Confirmation_that_is_approved_as_it_is_keeps_its_repairs()
    {
        await using var executor = await TestExecutor.StartAsync(Tool(new ToolPolicy { RequiresConfirmation = true }));
        var waiting = await CallAsync(executor, Nearly);

        var approved = await executor.Confirmations.DecideAsync(waiting.Confirmation!, new Decision(true, "local"), Cancellation);

        Assert.Equal(waiting.Call.Repairs, approved.Result!.Call.Repairs);
        Assert.Equal("""{"n":5}""", approved.Result.Call.Result);
    }

    [Fact]
    public async Task Persons_edit_is_repaired_only_where_direct_calls_are()
    {
        await using var executor = await TestExecutor.StartAsync(Tool(new ToolPolicy { RequiresConfirmation = true }));
        var waiting = await CallAsync(executor, Nearly);

        var refused = await executor.Confirmations.DecideAsync(waiting.Confirmation!, new Decision(true, "local", Arguments: """{"n":"6"}"""), Cancellation);

        Assert.Equal(DecisionOutcome.InvalidArguments, refused.Outcome);
    }

    [Theory]
    [InlineData("""{"n":5""")]
    [InlineData("""{"n": "5" """)]
    [InlineData("{}")]
    public async Task Call_that_was_cut_off_is_refused_and_says_so(string arguments)
    {
        await using var executor = await TestExecutor.StartAsync(DefinedTool.Create("tool"));
        var call = new ToolCall("a", "tool", arguments) { IsCutOff = true };

        var result = await executor.Executor.ExecuteAsync(call, new CallContext("local", CallOrigin.Chat), Cancellation);
        var again = await executor.Executor.ExecuteAsync(call, new CallContext("local", CallOrigin.Chat) { MayExist = true }, Cancellation);

        Assert.Equal((CallStatus.Rejected, ToolErrorCode.InvalidArguments), (result.Call.Status, result.Call.Error!.Code));
        Assert.Contains("cut off", result.Call.Error.Message, StringComparison.Ordinal);
        Assert.Equal(result.Call.Error.Message, again.Call.Error?.Message);
    }

    private static Tool Tool(ToolPolicy? policy = null) => DefinedTool.Create("tool", Schema, policy);

    private static Task<ToolResult> CallAsync(TestExecutor executor, string arguments, CallOrigin origin = CallOrigin.Chat, string? id = null) =>
        executor.Executor.ExecuteAsync(
            new ToolCall(id ?? Ids.NewCall(), "tool", arguments), new CallContext("local", origin) { MayExist = id is not null }, Cancellation);
}
