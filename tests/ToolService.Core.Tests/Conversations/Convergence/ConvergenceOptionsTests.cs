using Microsoft.Extensions.Options;
using ToolService.Core.Conversations;
using ToolService.Core.Conversations.Convergence;
using ToolService.Core.Models;

namespace ToolService.Core.Tests.Conversations.Convergence;

public class ConvergenceOptionsTests
{
    public static TheoryData<ConvergenceOptions, string> Wrong => new()
    {
        { new ConvergenceOptions { StopAfter = 3, NudgeAfter = 3 }, "Chat:Convergence:StopAfter must be more than NudgeAfter (3), is 3." },
        { new ConvergenceOptions { RecoveryModel = "x" }, "Chat:Convergence:RecoveryModel 'x' is none of: demo." },
        { new ConvergenceOptions { ReuseFor = TimeSpan.Zero }, "Chat:Convergence:ReuseFor" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Setting_that_cannot_work_is_named(ConvergenceOptions options, string message) =>
        Assert.Contains(message, Assert.Single(Validate(options).Failures!), StringComparison.Ordinal);

    [Fact]
    public void Defaults_are_fine() => Assert.True(Validate(new ConvergenceOptions()).Succeeded);

    private static ValidateOptionsResult Validate(ConvergenceOptions options) =>
        new ConvergenceOptionsValidation(Options.Create(new ModelsOptions()))
            .Validate(null, new ConversationOptions { Convergence = options });
}
