using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Tools;

public class ToolCatalogTests
{
    private static readonly ToolCatalog Catalog =
        new(new[] { "calculator", "get_weather", "get_weather_alerts", "current_time", "search_wikipedia" }.Select(name => DefinedTool.Create(name)));

    [Fact]
    public void Tools_are_found_by_exact_name_only()
    {
        Assert.Equal("calculator", Catalog.Find("calculator")?.Name);
        Assert.Null(Catalog.Find("Calculator"));
    }

    [Fact]
    public void Names_that_differ_in_case_only_are_refused_with_their_sources()
    {
        var e = Assert.Throws<ToolDefinitionException>(
            () => new ToolCatalog([DefinedTool.Create("same", source: "one"), DefinedTool.Create("SAME", source: "two")]));
        Assert.Contains("two, one", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("calculater", "calculator")]
    [InlineData("CALCULATOR", "calculator")]
    [InlineData("calcualtor", "calculator")]
    [InlineData("current-time", "current_time")]
    [InlineData("functions.calculator", "calculator")]
    [InlineData("wikipedia", "search_wikipedia")]
    [InlineData("calc", "calculator")]
    public void Near_name_is_found(string asked, string meant) => Assert.Equal(meant, Catalog.NearestNames(asked)[0]);

    [Fact]
    public void Nearer_name_is_first() => Assert.Equal(["get_weather", "get_weather_alerts"], Catalog.NearestNames("get_weathe"));

    [Theory]
    [InlineData("send_email")]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("\0\0\0\0")]
    public void Name_like_no_other_has_none_near(string asked) => Assert.Empty(Catalog.NearestNames(asked));

    [Fact]
    public void No_more_names_than_asked_for() => Assert.Single(Catalog.NearestNames("get_weather", limit: 1));

    [Fact]
    public void Endless_name_costs_no_more_than_a_long_one()
    {
        var hostile = new string('x', 50_000_000);
        Catalog.NearestNames(hostile);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Empty(Catalog.NearestNames(hostile));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }
}
