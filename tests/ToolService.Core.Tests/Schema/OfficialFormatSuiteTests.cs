using System.Text.Json;
using System.Text.Json.Nodes;
using ToolService.Core.Schema;

namespace ToolService.Core.Tests.Schema;

public class OfficialFormatSuiteTests(ITestOutputHelper output)
{
    /// <summary>The tests that do not pass, each with the reason.</summary>
    private static readonly Dictionary<string, string> Exceptions = [];

    [Theory]
    [InlineData("draft2020-12", SchemaDraft.Draft202012, "https://json-schema.org/draft/2020-12/schema")]
    [InlineData("draft2019-09", SchemaDraft.Draft201909, "https://json-schema.org/draft/2019-09/schema")]
    [InlineData("draft7", SchemaDraft.Draft07, "http://json-schema.org/draft-07/schema#")]
    public void Every_test_of_formats_and_patterns_passes(string folder, SchemaDraft draft, string dialect)
    {
        var options = new SchemaOptions { Draft = draft, AssertFormats = true };
        List<string> failures = [];
        var total = 0;
        foreach (var file in Files(folder))
        {
            var (tests, failed) = Run(file, dialect, options);
            output.WriteLine($"{folder}/{Path.GetFileName(file)}: {tests - failed.Count} of {tests}");
            failures.AddRange(failed);
            total += tests;
        }

        output.WriteLine($"{folder}: {total - failures.Count} of {total} tests of formats and patterns pass");
        failures.ForEach(output.WriteLine);
        Assert.Equal(Exceptions.Keys.Where(name => name.StartsWith(folder, StringComparison.Ordinal)).Order(), failures.Order());
        Assert.True(total > 700, "the suite is not complete");
    }

    private static IEnumerable<string> Files(string folder)
    {
        var optional = Path.Combine(SharedData.Folder("json-schema-test-suite"), "tests", folder, "optional");
        return
        [
            .. Directory.EnumerateFiles(Path.Combine(optional, "format"), "*.json").Order(StringComparer.Ordinal),
            Path.Combine(optional, "ecmascript-regex.json"),
            Path.Combine(optional, "non-bmp-regex.json"),
        ];
    }

    private static (int Tests, List<string> Failed) Run(string file, string dialect, SchemaOptions options)
    {
        using var groups = JsonDocument.Parse(File.ReadAllBytes(file));
        var tests = 0;
        List<string> failed = [];
        foreach (var group in groups.RootElement.EnumerateArray())
        {
            var named = JsonObject.Create(group.GetProperty("schema"))!;
            named["$schema"] = dialect;
            var schema = JsonSchema.Compile(JsonSerializer.SerializeToElement(named), options);
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                tests++;
                var data = test.GetProperty("data");
                var expected = test.GetProperty("valid").GetBoolean();
                if (schema.IsValid(data) != expected || schema.CollectErrors(data).Count == 0 != expected)
                    failed.Add($"{Path.GetFileName(file)}: {group.GetProperty("description")}: {test.GetProperty("description")}");
            }
        }

        return (tests, failed);
    }
}
