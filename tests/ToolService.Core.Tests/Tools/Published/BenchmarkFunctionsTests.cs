using System.Text.Json;
using ToolService.Core.Schema.Normalization;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Tools.Published;

/// <summary>Functions of the Berkeley Function Calling Leaderboard, as published, and calls of them that others have judged.</summary>
public class BenchmarkFunctionsTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_function_becomes_a_tool()
    {
        List<Tool> tools = [.. Directory.EnumerateFiles(SharedData.Folder("bfcl"), "BFCL_v4_*.json").SelectMany(File.ReadLines)
            .SelectMany(line => JsonElement.Parse(line).GetProperty("function").EnumerateArray()).Select(Define)];

        output.WriteLine($"{tools.Count} functions, {tools.Sum(tool => tool.SchemaChanges.Count)} changes:");
        Print(tools.SelectMany(tool => tool.SchemaChanges));
        Assert.True(tools.Count >= 1_000);
        Assert.All(tools, tool => Assert.NotEmpty(tool.SchemaChanges));
    }

    [Fact]
    public void Every_judged_call_gets_the_same_verdict()
    {
        var (valid, invalid) = (0, 0);
        List<string> differences = [];
        foreach (var line in File.ReadLines(Path.Combine(SharedData.Folder("bfcl"), "calls.jsonl")))
        {
            var item = JsonElement.Parse(line);
            var tools = item.GetProperty("tools_raw").EnumerateArray().DistinctBy(Name).ToDictionary(Name, Define);
            foreach (var call in item.GetProperty("calls").EnumerateArray())
            {
                var expected = call.GetProperty("valid").GetBoolean();
                var (actual, pointers) = Judge(tools[Name(call)], call.GetProperty("arguments"));
                _ = expected ? valid++ : invalid++;
                if (actual != expected || !pointers.SetEquals(Pointers(call)))
                    differences.Add($"{item.GetProperty("id")}: {Name(call)}: {string.Join(' ', pointers)}");
            }
        }

        output.WriteLine($"{valid} valid calls, {invalid} invalid, {differences.Count} judged otherwise");
        Assert.Empty(differences);
        Assert.True(valid > 1_000 && invalid > 0);
    }

    private static (bool IsValid, HashSet<string> Pointers) Judge(Tool tool, JsonElement arguments) =>
        (tool.Schema.IsValid(arguments), [.. tool.Schema.Validate(arguments).Select(error => error.Pointer)]);

    private static IEnumerable<string> Pointers(JsonElement call) => call.GetProperty("errors").EnumerateArray()
        .Select(error => string.Concat(error.GetProperty("path").EnumerateArray().Select(token => $"/{token}")));

    // Dots are no part of a tool's name here.
    private static Tool Define(JsonElement function) =>
        DefinedTool.Create(Name(function).Replace('.', '_'), function.GetProperty("parameters").GetRawText());

    private static string Name(JsonElement item) => item.GetProperty("name").GetString()!;

    private void Print(IEnumerable<SchemaChange> changes)
    {
        foreach (var (message, count) in changes.CountBy(change => change.Message).OrderByDescending(pair => pair.Value))
            output.WriteLine($"{count,6} {message}");
    }
}
