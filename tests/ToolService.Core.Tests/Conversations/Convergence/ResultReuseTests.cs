using ToolService.Core.Conversations.Convergence;
using ToolService.Core.Execution;
using ToolService.Core.Tests.Storage;
using ToolService.Core.Tests.Tools;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Conversations.Convergence;

public class ResultReuseTests
{
    private static readonly Tool Read = DefinedTool.Create("read", policy: new ToolPolicy { ReadOnly = true });
    private static readonly ToolCatalog Catalog = new([Read, DefinedTool.Create("write")]);

    [Fact]
    public void First_result_stands_in_for_the_same_call() => Assert.NotNull(Find([Call()]));

    [Fact]
    public void Other_arguments_are_no_source() => Assert.Null(Find([Call() with { Arguments = """{"a":1}""" }]));

    [Fact]
    public void Failure_is_no_source() => Assert.Null(Find([Call() with { Status = CallStatus.Failed }]));

    [Fact]
    public void Other_definition_is_no_source() => Assert.Null(Find([Call() with { DefinitionHash = "other" }]));

    [Fact]
    public void Old_result_is_no_source() => Assert.Null(Find([Call() with { CompletedAt = Samples.Noon.AddMinutes(-1) }]));

    [Fact]
    public void Reused_result_is_as_old_as_its_source()
    {
        var old = Call() with { CompletedAt = Samples.Noon.AddMinutes(-1) };

        Assert.Null(Find([old], [Call() with { ReusedFrom = old.CallId }]));
    }

    [Theory]
    [InlineData("write", CallStatus.Succeeded)]
    [InlineData("write", CallStatus.Failed)]
    [InlineData("gone", CallStatus.OutcomeUnknown)]
    public void Nothing_is_reused_once_something_may_have_changed(string tool, CallStatus status)
    {
        var other = Rounds.Call(tool) with { Status = status };

        Assert.Null(Find([Call()], [other]));
        Assert.Null(Find([Call(), other]));
        Assert.NotNull(Find([other], [Call()]));
    }

    [Fact]
    public void Call_that_never_ran_changes_nothing() =>
        Assert.NotNull(Find([Call()], [Rounds.Call("write") with { Status = CallStatus.Rejected, Attempts = 0 }]));

    [Fact]
    public void Volatile_tools_and_those_that_need_a_person_are_not_reused()
    {
        Assert.True(ResultReuse.IsReusable(Read));
        Assert.False(ResultReuse.IsReusable(Read.With(Read.Policy with { Volatile = true })));
        Assert.False(ResultReuse.IsReusable(Read.With(Read.Policy with { RequiresConfirmation = true })));
        Assert.False(ResultReuse.IsReusable(DefinedTool.Create("idempotent", policy: new ToolPolicy { Idempotent = true })));
    }

    private static CallRecord Call() => Rounds.Call("read") with { DefinitionHash = Read.DefinitionHash };

    private static CallRecord? Find(params IReadOnlyList<CallRecord>[] rounds) =>
        new ResultReuse(Catalog, Samples.Noon).Find(rounds, Read, CallKey.Of("read", "{}"));
}
