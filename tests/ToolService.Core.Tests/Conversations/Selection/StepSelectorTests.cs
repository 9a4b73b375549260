using Microsoft.Extensions.AI;
using ToolService.Core.Conversations.Selection;
using static ToolService.Core.Tests.Conversations.Selection.SampleCatalog;

namespace ToolService.Core.Tests.Conversations.Selection;

public class StepSelectorTests
{
    [Theory]
    [InlineData("call send_email, then GET_WEATHER.", "send_email get_weather")]
    [InlineData("use createcalendarevent", "createCalendarEvent")]
    [InlineData("search for it", "")]
    [InlineData("use `search` for it", "search")]
    [InlineData("use \"search\"", "search")]
    [InlineData("send_emails", "")]
    public async Task Tool_is_named_in_the_message(string message, string names) =>
        Assert.Equal(names, string.Join(' ', await new NamedSelector().NamesAsync(Request(message))));

    [Fact]
    public async Task Rule_offers_its_tools_for_a_message_that_matches()
    {
        var selector = new RuleSelector(
            [Rule(@"\bbill(ing|s)?\b", "billing", "refund_*", "list_invoices"), Rule("paid", null, "*_payment")]);
        var token = TestContext.Current.CancellationToken;

        var selection = await selector.SelectAsync(Request("My BILL is wrong, I paid it"), token);

        Assert.Equal([new("list_invoices", "rule: billing"), new SelectedTool("refund_payment", "rule: billing")], selection.Tools);
        Assert.Equal([new SelectedTool("refund_payment", "rule: paid")], (await selector.SelectAsync(Request("unpaid"), token)).Tools);
        Assert.Empty(await selector.NamesAsync(Request("Good morning")));
    }

    [Fact]
    public async Task Rule_that_would_run_for_ever_elsewhere_ends_here() =>
        Assert.Empty(await new RuleSelector([Rule("^(a+)+$", null, "*")]).NamesAsync(Request(new string('a', 8_000) + "!")));

    [Fact]
    public async Task Used_tools_are_kept_latest_first_up_to_half_of_the_limit()
    {
        var request = Request("and now?", limit: 4) with
        {
            Earlier = [Calling("send_email"), Calling("gone", "get_weather"), Calling("search", "send_email")],
        };

        var selection = await new UsedSelector().SelectAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal([new("send_email", "used before"), new SelectedTool("search", "used before")], selection.Tools);
    }

    [Fact]
    public async Task Keyword_rule_counts_shared_words()
    {
        var selection = await new KeywordSelector().SelectAsync(
            Request("money from one currency into another language", 2), TestContext.Current.CancellationToken);

        Assert.Equal("convert_currency", selection.Tools[0].Name);
        Assert.Equal("keyword: \"money\", \"currency\", \"another\"", selection.Tools[0].Reason);
    }

    [Fact]
    public async Task Combination_prefers_what_several_find()
    {
        var combined = new CombinedSelector([new Fixed("a: 1", null, "x", "both", "y"), new Fixed("b: 2", "b is down", "z", "both")]);

        var selection = await combined.SelectAsync(Request("?"), TestContext.Current.CancellationToken);

        Assert.Equal(["both", "x", "z"], selection.Tools.Select(tool => tool.Name));
        Assert.Equal("a: 1; b: 2", selection.Tools[0].Reason);
        Assert.Equal("b is down", selection.Note);
    }

    private static SelectionRule Rule(string when, string? name, params string[] offer)
    {
        var options = new ToolSelectionRuleOptions { When = when, Name = name };
        options.Offer.AddRange(offer);
        return new SelectionRule(options);
    }

    private static ChatMessage Calling(params string[] names) =>
        new(ChatRole.Assistant, [.. names.Select(name => new FunctionCallContent($"call_{name}", name))]);

    private sealed class Fixed(string reason, string? note, params string[] names) : IToolSelector
    {
        public Task<ToolSelection> SelectAsync(SelectionRequest request, CancellationToken cancellationToken) =>
            Task.FromResult(new ToolSelection([.. names.Select(name => new SelectedTool(name, reason))]) { Note = note });
    }
}
