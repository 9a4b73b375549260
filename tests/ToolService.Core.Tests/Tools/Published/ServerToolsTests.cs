using ToolService.Core.Tests.Schema;

namespace ToolService.Core.Tests.Tools.Published;

/// <summary>The tools that the reference MCP servers list.</summary>
public class ServerToolsTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_listed_tool_becomes_a_tool()
    {
        var listed = Directory.EnumerateFiles(Path.Combine(SharedData.Folder("mcp"), "servers"), "*.json")
            .SelectMany(file => Json.Parse(File.ReadAllText(file)).GetProperty("tools_list").GetProperty("tools").EnumerateArray())
            .ToList();

        var tools = listed.ConvertAll(tool => DefinedTool.Create(tool.GetProperty("name").GetString()!, tool.GetProperty("inputSchema").GetRawText()));
        var results = listed.Where(tool => tool.TryGetProperty("outputSchema", out _)).Select(tool => tool.GetProperty("outputSchema")).ToList();

        output.WriteLine($"{tools.Count} tools, {tools.Sum(tool => tool.SchemaChanges.Count)} changes; {results.Count} output schemas");
        Assert.NotEmpty(tools);
        Assert.All(tools, tool => Assert.Empty(tool.SchemaChanges));
        Assert.All(results, schema => Core.Schema.JsonSchema.Compile(schema));
    }
}
