using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using ToolService.Core.Conversations.Selection;
using ToolService.Core.Models;
using ToolService.Core.Tools;
using static ToolService.Core.Tests.Conversations.Selection.SampleCatalog;

namespace ToolService.Core.Tests.Conversations.Selection;

public class ToolSelectorTests
{
    private static readonly ToolCatalog Many = Of(300);

    [Fact]
    public async Task All_tools_are_shown_when_they_are_few()
    {
        var selection = await SelectAsync(Small, "weather", Options(max: Small.Tools.Count));

        Assert.Equal(Small.Tools.Select(tool => new SelectedTool(tool.Name, "all")), selection.Tools);
        Assert.False(selection.IsNarrowed);
    }

    [Fact]
    public async Task Steps_come_in_order_and_each_tool_once()
    {
        var options = Options(max: 6);
        options.Always.Add("sea*");
        options.Rules.Add(new ToolSelectionRuleOptions { Name = "money", When = "euro", Offer = { "convert_currency", "search" } });

        var selection = await SelectAsync(
            Many,
            "Use send_email to tell Bob the weather, and the price in euros, translated.",
            options,
            new ChatMessage(
                ChatRole.Assistant, [new FunctionCallContent("1", "list_invoices"), new FunctionCallContent("2", "send_email")]));

        Assert.Equal(
            ["search: always", "send_email: named in the message", "convert_currency: rule: money", "list_invoices: used before",
                "translate_text: lexical: \"translated\"", "get_weather: lexical: \"weather\""],
            selection.Tools.Select(tool => $"{tool.Name}: {tool.Reason}"));
        Assert.True(selection.IsNarrowed);
    }

    [Fact]
    public async Task Always_goes_beyond_the_limit()
    {
        var options = Options(max: 2);
        options.Always.Add("tool_1*");

        var selection = await SelectAsync(Many, "weather", options);

        Assert.Equal(Many.Tools.Count(tool => tool.Name.StartsWith("tool_1", StringComparison.Ordinal)), selection.Tools.Count);
    }

    [Fact]
    public async Task Rules_alone_offer_nothing_else()
    {
        var options = Options(max: 5, ToolSelectionStrategy.Rules);
        options.Rules.Add(new ToolSelectionRuleOptions { When = "euro", Offer = { "convert_currency" } });

        Assert.Empty((await SelectAsync(Many, "weather", options)).Tools);
        Assert.Equal("convert_currency", Assert.Single((await SelectAsync(Many, "weather in Europe", options)).Tools).Name);
    }

    [Theory]
    [InlineData(ToolSelectionStrategy.Lexical)]
    [InlineData(ToolSelectionStrategy.Keyword)]
    public void Any_message_gets_a_selection_within_the_rules(ToolSelectionStrategy strategy)
    {
        var options = Options(max: 7, strategy);
        options.Always.Add("search");
        options.Rules.Add(new ToolSelectionRuleOptions { When = "[aeiou]{2}", Offer = { "*_payment" } });
        var selector = Create(options);
        var words = Many.Tools.SelectMany(tool => tool.Description.Split(' ')).Concat(Many.Tools.Select(tool => tool.Name)).ToArray();
        var messages = Gen.OneOf(
            ArbMap.Default.GeneratorFor<string?>().Select(text => text ?? ""),
            Gen.Elements(words).ListOf().Select(list => string.Join(' ', list)));

        Prop.ForAll(Arb.From(messages), message =>
        {
            var first = selector.SelectAsync(Many, Many.Tools, message, [], CancellationToken.None).Result;
            var names = first.Tools.Select(tool => tool.Name).ToList();
            return names.Count <= options.MaxTools
                && names[0] == "search"
                && names.Distinct().Count() == names.Count
                && names.TrueForAll(name => Many.Find(name) is not null)
                && first.Tools.All(tool => tool.Reason.Length > 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void Same_message_gets_the_same_selection_from_an_equal_catalog()
    {
        var (selector, again) = (Create(Options(max: 20)), Of(300));
        var words = Many.Tools.SelectMany(tool => tool.Description.Split(' ')).ToArray();
        var messages = Gen.Elements(words).ListOf().Select(list => string.Join(' ', list));

        Prop.ForAll(Arb.From(messages), message =>
            selector.SelectAsync(Many, Many.Tools, message, [], CancellationToken.None).Result.Tools
                .SequenceEqual(selector.SelectAsync(again, again.Tools, message, [], CancellationToken.None).Result.Tools))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public async Task Long_message_and_many_tools_are_no_trouble()
    {
        var catalog = Of(5_000);
        var message = string.Concat(Enumerable.Repeat("send_email \"search\" weather 天气 ", 40_000));

        var selection = await SelectAsync(catalog, message, Options(max: 20));

        Assert.InRange(selection.Tools.Count, 2, 20);
        Assert.Equal(["send_email", "search"], selection.Tools.Take(2).Select(tool => tool.Name));
    }

    internal static ToolSelectionOptions Options(int max, ToolSelectionStrategy strategy = ToolSelectionStrategy.Lexical) =>
        new() { MaxTools = max, Strategy = strategy };

    internal static ToolSelector Create(ToolSelectionOptions options) => ToolSelectorFactory.Create(
        options,
        ModelRegistryFactory.Create(new ModelsOptions(), TimeProvider.System, NullLoggerFactory.Instance),
        TimeProvider.System,
        NullLoggerFactory.Instance);

    private static Task<ToolSelection> SelectAsync(
        ToolCatalog catalog, string message, ToolSelectionOptions options, params ChatMessage[] earlier) =>
        Create(options).SelectAsync(catalog, catalog.Tools, message, earlier, TestContext.Current.CancellationToken);
}
