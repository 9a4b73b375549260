using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Tools;

namespace TextTools.Tests;

public class WordToolsTests
{
    private static readonly IReadOnlyList<Tool> Tools = ToolFactory.FromObject(new WordTools(), "tests");

    [Fact]
    public async Task Words_are_counted()
    {
        var result = await CallAsync("count_words", new() { ["text"] = "To be, or not to be!" });

        Assert.Equal(new WordCount(6, 4, "not"), result);
    }

    [Fact]
    public void Empty_text_is_an_invalid_argument()
    {
        var errors = Find("count_words").Schema.Validate(JsonElement.Parse("""{"text": "", "min_length": 0}"""));

        Assert.Equal(["/min_length", "/text"], errors.Select(error => error.Pointer).Order());
    }

    [Fact]
    public async Task Chart_is_an_image()
    {
        var result = await CallAsync("chart_words", new() { ["texts"] = new[] { "one", "one two" } });

        Assert.Equal("image/svg+xml", Assert.IsType<ToolContent>(result).Blocks[1].MimeType);
    }

    private static ValueTask<object?> CallAsync(string tool, AIFunctionArguments arguments) =>
        Find(tool).Function.InvokeAsync(arguments, TestContext.Current.CancellationToken);

    private static Tool Find(string name) => Tools.Single(tool => tool.Name == name);
}
