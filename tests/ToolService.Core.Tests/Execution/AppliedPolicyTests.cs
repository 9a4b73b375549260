using Microsoft.Extensions.AI;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Execution;

public sealed class AppliedPolicyTests
{
    [Fact]
    public async Task Function_learns_the_policy_that_applies_and_not_the_declared_one()
    {
        ToolPolicy declared = new();
        var tool = ToolFactory.FromMethod(
            (AIFunctionArguments arguments) => arguments.Policy(declared).MayRunAgain, "tell", "Tells.", declared);
        await using var executor = await TestExecutor.StartAsync(tool.With(declared with { Idempotent = true }));

        var result = await executor.CallAsync("tell", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("true", result.Call.Result);
    }

    [Fact]
    public async Task Progress_that_is_no_number_is_not_told()
    {
        List<ToolProgress> heard = [];
        var tool = ToolFactory.FromMethod(
            (AIFunctionArguments arguments) =>
            {
                arguments.Running()!.Report(new ToolProgress(double.NaN));
                arguments.Running()!.Report(new ToolProgress(1, double.PositiveInfinity));
            },
            "tell", "Tells.");
        await using var executor = await TestExecutor.StartAsync(tool);

        await executor.Executor.ExecuteAsync(
            new(Ids.NewCall(), "tell", "{}"), TestExecutor.Context() with { Progress = (_, progress) => heard.Add(progress) },
            TestContext.Current.CancellationToken);

        Assert.Equal([new ToolProgress(1)], heard);
    }
}
