using Microsoft.Extensions.Options;
using ToolService.Core.Conversations;
using ToolService.Core.Conversations.Context;
using ToolService.Core.Models;

namespace ToolService.Core.Tests.Conversations.Context;

public class ContextOptionsValidationTests
{
    [Fact]
    public void Defaults_are_fine() => Assert.Empty(Failures(new ContextOptions()));

    [Fact]
    public void Settings_that_cannot_work_are_named()
    {
        var failures = Failures(new ContextOptions
        {
            Strategy = (ContextStrategies)9,
            Threshold = 0.5,
            Target = 0.5,
            AnswerTokens = 0,
            SummaryModel = "x",
        });

        Assert.Equal(
            [
                "Chat:Context:AnswerTokens: The field AnswerTokens must be between 1 and 1000000.",
                "Chat:Context:Strategy '9' is none of: None, ToolResults, Summary, Window.",
                "Chat:Context:Target must be less than Threshold.",
                "Chat:Context:SummaryModel 'x' is none of the configured models.",
            ],
            failures);
    }

    private static IEnumerable<string> Failures(ContextOptions options) =>
        new ContextOptionsValidation(Options.Create(new ModelsOptions())).Validate(null, new ConversationOptions { Context = options }).Failures ?? [];
}
