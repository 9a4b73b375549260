using System.Text.Json;
using System.Text.Json.Nodes;
using ToolService.Core.Schema;

namespace ToolService.Core.Tests.Schema;

public class OfficialSuiteTests(ITestOutputHelper output)
{
    // What is refused: references to other documents, custom meta-schemas, and in the older drafts keywords with another meaning.
    [Theory]
    [InlineData("draft2020-12", "https://json-schema.org/draft/2020-12/schema", 1246)]
    [InlineData("draft2020-12/optional", "https://json-schema.org/draft/2020-12/schema", 110)]
    [InlineData("draft2019-09", "https://json-schema.org/draft/2019-09/schema", 1062)]
    [InlineData("draft7", "http://json-schema.org/draft-07/schema#", 788)]
    public void Every_test_passes_whose_schema_compiles(string folder, string dialect, int passed)
    {
        var result = RunSuite(folder, dialect);

        Assert.Empty(result.Failures);
        Assert.True(result.Passed >= passed, $"{result.Passed} tests passed, fewer than the {passed} that passed before");
    }

    private SuiteResult RunSuite(string folder, string dialect)
    {
        var path = Path.Combine(SharedData.Folder("json-schema-test-suite"), "tests", folder);
        var result = new SuiteResult();
        foreach (var file in Directory.EnumerateFiles(path, "*.json").Order(StringComparer.Ordinal))
        {
            using var groups = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var group in groups.RootElement.EnumerateArray())
                RunGroup(Path.GetFileName(file), group, dialect, result);
        }

        output.WriteLine($"{folder}: {result.Passed} tests passed, {result.Failures.Count} failed, {result.Refusals.Count} schemas with {result.Refused} tests refused");
        result.Refusals.ForEach(output.WriteLine);
        result.Failures.ForEach(output.WriteLine);
        return result;
    }

    /// <summary>The schema with the draft that it was written for, which the older folders do not name.</summary>
    private static JsonElement WithDialect(JsonElement schema, string dialect)
    {
        if (schema.ValueKind != JsonValueKind.Object || schema.TryGetProperty("$schema", out _))
            return schema;
        var named = JsonObject.Create(schema)!;
        named.Insert(0, "$schema", dialect);
        return JsonSerializer.SerializeToElement(named);
    }

    private static void RunGroup(string file, JsonElement group, string dialect, SuiteResult result)
    {
        var title = $"{file}: {group.GetProperty("description")}";
        JsonSchema schema;
        try
        {
            schema = JsonSchema.Compile(WithDialect(group.GetProperty("schema"), dialect));
        }
        catch (JsonSchemaException e)
        {
            result.Refused += group.GetProperty("tests").GetArrayLength();
            result.Refusals.Add($"refused: {title}: {e.Message}");
            return;
        }

        foreach (var test in group.GetProperty("tests").EnumerateArray())
        {
            var data = test.GetProperty("data");
            var expected = test.GetProperty("valid").GetBoolean();
            if (schema.IsValid(data) == expected && schema.CollectErrors(data).Count == 0 == expected)
                result.Passed++;
            else
                result.Failures.Add($"failed: {title}: {test.GetProperty("description")}");
        }
    }

    private sealed class SuiteResult
    {
        public int Passed { get; set; }

        public int Refused { get; set; }

        public List<string> Refusals { get; } = [];

        public List<string> Failures { get; } = [];
    }
}
