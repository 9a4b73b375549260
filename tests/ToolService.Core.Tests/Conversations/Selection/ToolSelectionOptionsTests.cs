using Microsoft.Extensions.Options;
using ToolService.Core.Conversations.Selection;

namespace ToolService.Core.Tests.Conversations.Selection;

public class ToolSelectionOptionsTests
{
    public static TheoryData<string, Action<ToolSelectionOptions>> Wrong => new()
    {
        { "Chat:ToolSelection:MaxTools must", options => options.MaxTools = 0 },
        { "Chat:ToolSelection:Strategy '99'", options => options.Strategy = (ToolSelectionStrategy)99 },
        { "Chat:ToolSelection:Combine does nothing", options => options.Combine.Add(ToolSelectionStrategy.Lexical) },
        { "Chat:ToolSelection:Embedding:Model is required", options => options.Strategy = ToolSelectionStrategy.Embedding },
        { "Chat:ToolSelection:Embedding:Model is required", options => options.Strategy = ToolSelectionStrategy.Combined },
        { "Chat:ToolSelection:Embedding:BaseUrl must", options => options.Embedding.BaseUrl = new Uri("ftp://x") },
        { "Chat:ToolSelection:Embedding:ApiKey must", options => options.Embedding.ApiKey = "a b" },
        { "Chat:ToolSelection:Embedding:Timeout must", options => options.Embedding.Timeout = TimeSpan.Zero },
        { "Chat:ToolSelection:Embedding:BatchSize must", options => options.Embedding.BatchSize = 0 },
        { "Chat:ToolSelection:Rules is required", options => options.Strategy = ToolSelectionStrategy.Rules },
        { "Chat:ToolSelection:Always:0:", options => options.Always.Add("a b") },
        { "Chat:ToolSelection:Rules:0:When is required.", options => options.Rules.Add(new() { Offer = { "*" } }) },
        { "Chat:ToolSelection:Rules:0:When: ", options => options.Rules.Add(new() { When = "(", Offer = { "*" } }) },
        { "Chat:ToolSelection:Rules:0:When: ", options => options.Rules.Add(new() { When = @"(a)\1", Offer = { "*" } }) },
        { "Chat:ToolSelection:Rules:0:Offer needs", options => options.Rules.Add(new() { When = "a" }) },
        { "Chat:ToolSelection:Rules:0:Offer:1: ", options => options.Rules.Add(new() { When = "a", Offer = { "*", "" } }) },
    };

    [Fact]
    public void Defaults_can_work() => Assert.Empty(Failures(new ToolSelectionOptions()));

    [Fact]
    public void Whole_configuration_can_work() => Assert.Empty(Failures(new ToolSelectionOptions
    {
        Strategy = ToolSelectionStrategy.Combined,
        Combine = { ToolSelectionStrategy.Lexical, ToolSelectionStrategy.Embedding, ToolSelectionStrategy.Model },
        Always = { "search_*" },
        Rules = { new() { Name = "billing", When = "bill|invoice", Offer = { "*_payment" } } },
        Embedding = { Model = "embedder" },
        Model = "local",
    }));

    [Theory, MemberData(nameof(Wrong))]
    public void What_cannot_work_is_refused_by_its_name(string message, Action<ToolSelectionOptions> change)
    {
        var options = new ToolSelectionOptions();
        change(options);

        Assert.StartsWith(message, Assert.Single(Failures(options)));
    }

    [Fact]
    public void Model_that_is_not_configured_is_refused() => Assert.Equal(
        ["Chat:ToolSelection:Model 'gpt' is none of: demo."],
        Assert.Throws<OptionsValidationException>(() => ToolSelectorTests.Create(new ToolSelectionOptions { Model = "gpt" })).Failures);

    private static IEnumerable<string> Failures(ToolSelectionOptions options) =>
        ToolSelectionOptionsCheck.Failures(options);
}
