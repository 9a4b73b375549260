using System.Runtime.InteropServices;
using System.Text.Json;
using ToolService.Core.Schema;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Tests.Schema;

public class OfficialSuiteTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("draft2020-12", SchemaDraft.Draft202012)]
    [InlineData("draft2019-09", SchemaDraft.Draft201909)]
    [InlineData("draft7", SchemaDraft.Draft07)]
    public void Every_required_test_passes(string folder, SchemaDraft draft) => Assert.Empty(Run(folder, draft));

    [Theory]
    [InlineData("draft2020-12/optional", SchemaDraft.Draft202012)]
    [InlineData("draft2019-09/optional", SchemaDraft.Draft201909)]
    [InlineData("draft7/optional", SchemaDraft.Draft07)]
    public void Every_optional_test_passes_but_those_that_are_listed(string folder, SchemaDraft draft)
    {
        var listed = SuiteExceptions.Reasons.Keys.Where(test => test.StartsWith($"{folder}/", StringComparison.Ordinal));

        Assert.Equal(listed.Order(StringComparer.Ordinal), Run(folder, draft).Order(StringComparer.Ordinal));
    }

    /// <summary>Runs the files of one folder; the names of the tests that fail.</summary>
    private List<string> Run(string folder, SchemaDraft draft)
    {
        var suite = SharedData.Folder("json-schema-test-suite");
        var options = new SchemaOptions { Draft = draft, Documents = SuiteDocuments.Load(suite) };
        List<(string Name, bool Passed)> results = [];
        foreach (var file in Directory.EnumerateFiles(Path.Combine(suite, "tests", folder), "*.json"))
        {
            using var groups = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var group in groups.RootElement.EnumerateArray())
                results.AddRange(RunGroup($"{folder}/{Path.GetFileName(file)}: {group.GetProperty("description")}", group, options));
        }

        Assert.NotEmpty(results);
        output.WriteLine($"{folder}: {results.Count(result => result.Passed)} of {results.Count} tests passed");
        List<string> failed = [.. results.Where(result => !result.Passed).Select(result => result.Name)];
        failed.ForEach(name => output.WriteLine($"failed: {name}"));
        return failed;
    }

    private IEnumerable<(string Name, bool Passed)> RunGroup(string title, JsonElement group, SchemaOptions options)
    {
        JsonSchema? schema = null;
        JsonSchema? generated = null;
        try
        {
            schema = JsonSchema.Compile(group.GetProperty("schema"), options);
            generated = JsonSchema.Compile(group.GetProperty("schema"), options);
            generated.Generate();
        }
        catch (JsonSchemaException e)
        {
            output.WriteLine($"refused: {title}: {e.Message}");
        }

        foreach (var test in group.GetProperty("tests").EnumerateArray())
        {
            var data = test.GetProperty("data");
            var expected = test.GetProperty("valid").GetBoolean();
            var passed = schema is not null
                && schema.IsValid(data) == expected
                && schema.IsValid(JsonIndexer.Index(JsonMarshal.GetRawUtf8Value(data))) == expected
                && schema.CollectErrors(data).Count == 0 == expected
                && generated!.IsValid(data) == expected;
            yield return ($"{title}: {test.GetProperty("description")}", passed);
        }
    }
}
