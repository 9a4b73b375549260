using Microsoft.Extensions.AI;
using ToolService.Core.Conversations.Selection;
using ToolService.Core.Tools;
using static ToolService.Core.Tests.Conversations.Selection.SampleCatalog;

namespace ToolService.Core.Tests.Conversations.Selection;

public class LexicalSelectorTests
{
    private readonly LexicalSelector _selector = new();

    [Theory]
    [InlineData("What's the weather like in Paris?", "get_weather")]
    [InlineData("exchange 5 euros in another currency", "convert_currency")]
    [InlineData("please EMAIL Bob", "send_email")]
    [InlineData("put a calendar entry", "createCalendarEvent")]
    [InlineData("invoice of the customers", "list_invoices")]
    [InlineData("which language is it", "translate_text")]
    [InlineData("北京的天气怎么样", "chaxun_tianqi")]
    [InlineData("strasse und groesse, STRASSE", "haeufige_fragen")]
    public async Task Tool_that_shares_words_comes_first(string message, string tool) =>
        Assert.Equal(tool, (await _selector.NamesAsync(Request(message)))[0]);

    [Fact]
    public async Task Reason_quotes_the_words_of_the_message()
    {
        var selection = await _selector.SelectAsync(Request("the weather of cities", limit: 1), TestContext.Current.CancellationToken);

        Assert.Equal([new SelectedTool("get_weather", "lexical: \"weather\", \"cities\"")], selection.Tools);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello, how are you?")]
    [InlineData("!!! 12345 ???")]
    [InlineData("\ud800")]
    public async Task Nothing_is_selected_when_no_word_is_shared(string message) =>
        Assert.Empty(await _selector.NamesAsync(Request(message)));

    [Fact]
    public async Task Rare_word_counts_more_than_a_common_one()
    {
        var catalog = Of(("a_one", "data data data", "x"), ("b_two", "data", "x"), ("c_three", "data zebra and more of the like", "x"));

        Assert.Equal("c_three", (await _selector.NamesAsync(Request("zebra data", catalog: catalog)))[0]);
    }

    [Fact]
    public async Task Parameters_are_searched_too() =>
        Assert.Equal(["list_invoices"], await _selector.NamesAsync(Request("id of customer", limit: 1)));

    [Fact]
    public async Task Equally_good_tools_come_by_name()
    {
        var catalog = Of(("zeta_x", "Same thing.", "v"), ("alpha_x", "Same thing.", "v"), ("mid_x", "Same thing.", "v"));

        Assert.Equal(["alpha_x", "mid_x", "zeta_x"], await _selector.NamesAsync(Request("same thing", catalog: catalog)));
    }

    [Fact]
    public async Task Tools_that_may_not_be_shown_are_left_out()
    {
        IReadOnlyList<Tool> allowed = [.. Small.Tools.Where(tool => tool.Name != "get_weather")];

        Assert.DoesNotContain("get_weather", await _selector.NamesAsync(new SelectionRequest(Small, allowed, "weather in the city", 10)));
    }

    [Fact]
    public async Task Users_message_before_counts_less_than_this_one()
    {
        var request = Request("and by email?") with
        {
            Earlier = [new(ChatRole.User, "What is the weather?"), new(ChatRole.Assistant, "I can refund, convert and translate.")],
        };

        Assert.Equal(["send_email", "get_weather"], await _selector.NamesAsync(request));
    }

    [Fact]
    public async Task Nested_parameters_and_their_values_are_searched()
    {
        var tool = Tests.Tools.DefinedTool.Create("opaque", """
            {"type": "object", "properties": {"order": {"type": "object", "description": "What is ordered.", "properties": {
              "lines": {"type": "array", "items": {"type": "object", "properties": {"topping": {"enum": ["mushrooms", "olives"]}}}}}}}}
            """);
        var catalog = new ToolCatalog([tool, .. Small.Tools]);

        Assert.Equal(["opaque"], await _selector.NamesAsync(Request("olives", catalog: catalog)));
        Assert.Equal(["opaque"], await _selector.NamesAsync(Request("toppings", catalog: catalog)));
    }

    [Fact]
    public async Task Index_is_made_once_by_all_who_ask_at_the_same_time()
    {
        var catalog = Of(500);

        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ =>
            Task.Run(() => LexicalIndex.Of(catalog), TestContext.Current.CancellationToken)));

        Assert.All(all, index => Assert.Same(all[0], index));
    }

    [Fact]
    public async Task Huge_message_over_many_tools_is_read_at_both_ends()
    {
        var catalog = Of(5_000);
        var pasted = string.Concat(Enumerable.Repeat("lorem ipsum getThing 天气 ", 60_000));
        var message = $"Send an email about this: {pasted} and tell the wind.";

        var names = await _selector.NamesAsync(Request(message, 20, catalog));

        Assert.Contains("send_email", names);
        Assert.Contains("get_weather", names);
        Assert.Equal(names.Distinct(), names);
    }
}
