using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Tools;

public class ToolRegistryTests
{
    [Fact]
    public void Source_that_changes_replaces_its_own_tools_only()
    {
        var registry = new ToolRegistry(Options.Create(new ToolsOptions()));
        registry.Replace("one", [DefinedTool.Create("a", source: "one"), DefinedTool.Create("b", source: "one")]);
        registry.Replace("two", [DefinedTool.Create("c", source: "two")]);

        registry.Replace("one", [DefinedTool.Create("d", source: "one")]);

        Assert.Equal(["c", "d"], registry.Current.Tools.Select(tool => tool.Name));
    }

    [Fact]
    public void Catalog_stays_as_it_was_when_a_name_is_taken()
    {
        var registry = new ToolRegistry(Options.Create(new ToolsOptions()));
        registry.Replace("one", [DefinedTool.Create("a", source: "one")]);
        var before = registry.Current;

        Assert.Throws<ToolDefinitionException>(() => registry.Replace("two", [DefinedTool.Create("a", source: "two")]));

        Assert.Same(before, registry.Current);
    }

    [Fact]
    public void Operators_policy_applies_to_whatever_a_source_brings()
    {
        var registry = new ToolRegistry(Options.Create(new ToolsOptions { RequireConfirmation = { "a*" } }));

        registry.Replace("one", [DefinedTool.Create("add", source: "one"), DefinedTool.Create("list", source: "one")]);

        Assert.True(registry.Current.Find("add")!.Policy.RequiresConfirmation);
        Assert.False(registry.Current.Find("list")!.Policy.RequiresConfirmation);
    }

    [Fact]
    public void Changed_schema_is_logged_once_in_a_line()
    {
        var logger = new LineLogger();
        var registry = new ToolRegistry(Options.Create(new ToolsOptions()), logger);

        registry.Replace("one", [DefinedTool.Create("a", """{"type":"dict","x-y":2}""", source: "one"), DefinedTool.Create("b", source: "one")]);
        registry.Replace("one", [DefinedTool.Create("a", """{"type":"HashMap","x-y":2}""", source: "one")]);

        Assert.Equal(
            ["The input schema of tool a of source one is not read as written, changes: 1. /type: \"dict\" is taken as \"object\"."],
            logger.Lines);
    }

    private sealed class LineLogger : ILogger<ToolRegistry>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
