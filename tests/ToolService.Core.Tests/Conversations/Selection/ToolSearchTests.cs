using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Conversations.Selection;
using ToolService.Core.Tools;
using static ToolService.Core.Tests.Conversations.Selection.SampleCatalog;

namespace ToolService.Core.Tests.Conversations.Selection;

public class ToolSearchTests
{
    private readonly ToolSearch _search = new(new LexicalSelector());

    [Fact]
    public async Task Best_matches_are_described()
    {
        var answer = await SearchAsync("translate to another language", 1);

        Assert.Equal(
            [new FoundTool("translate_text", "Translates text into another language.",
                "lexical: \"translate\", \"language\", \"another\"")],
            answer.Tools);
        Assert.Null(answer.Hint);
    }

    [Fact]
    public async Task Tool_that_is_named_comes_first() =>
        Assert.Equal("send_email", (await SearchAsync("weather by send_email", null)).Tools[0].Name);

    [Theory]
    [InlineData(null, 5)]
    [InlineData(1_000, 20)]
    [InlineData(-1, 1)]
    public async Task Limit_stays_in_its_range(int? limit, int count) => Assert.Equal(
        count,
        (await _search.SearchAsync(Of(300), Of(300).Tools, "thing", limit, TestContext.Current.CancellationToken)).Tools.Count);

    [Fact]
    public async Task Nothing_found_says_what_to_try() => Assert.NotNull((await SearchAsync("zzz", null)).Hint);

    [Fact]
    public void Tool_has_the_schema_that_models_are_shown()
    {
        var tool = _search.ToTool(_ => ValueTask.FromResult((Small, Small.Tools)));

        Assert.Equal(("search_tools", true), (tool.Name, tool.Policy.ReadOnly));
        Assert.Equal(["query"], tool.InputSchema.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("integer", tool.InputSchema.GetProperty("properties").GetProperty("limit").GetProperty("type").GetString());
        Assert.Equal(2, tool.InputSchema.GetProperty("properties").EnumerateObject().Count());
    }

    [Fact]
    public async Task Found_tools_are_read_off_the_messages()
    {
        var tool = _search.ToTool(_ => ValueTask.FromResult((Small, Small.Tools)));
        var result = await tool.Function.InvokeAsync(
            new AIFunctionArguments { ["query"] = "weather forecast for the city", ["limit"] = 2 }, TestContext.Current.CancellationToken);
        var json = JsonSerializer.Serialize(result, ToolJson.Options);

        Assert.Equal("get_weather", JsonElement.Parse(json).GetProperty("tools")[0].GetProperty("name").GetString());
        Assert.Contains("get_weather", ToolSearch.FoundIn(
        [
            new(ChatRole.Assistant, [new FunctionCallContent("1", "search_tools"), new FunctionCallContent("2", "other")]),
            new(ChatRole.Tool,
                [new FunctionResultContent("1", json), new FunctionResultContent("2", """{"tools": [{"name": "send_email"}]}""")]),
        ]));
    }

    [Theory]
    [InlineData("""{"tools": [{"name": "a"}, {"name": 5}, "b"]}""", "a")]
    [InlineData("""{"error": {"code": "timed_out"}}""", "")]
    [InlineData("""{"tools": [{"na""", "")]
    [InlineData("", "")]
    public void Result_of_another_shape_names_what_it_can(string result, string names)
    {
        var found = ToolSearch.FoundIn(
        [
            new(ChatRole.Assistant, [new FunctionCallContent("1", "search_tools")]),
            new(ChatRole.Tool, [new FunctionResultContent("1", result)]),
        ]);

        Assert.Equal(names, string.Join(' ', found));
    }

    private Task<ToolSearchAnswer> SearchAsync(string query, int? limit) =>
        _search.SearchAsync(Small, Small.Tools, query, limit, TestContext.Current.CancellationToken);
}
