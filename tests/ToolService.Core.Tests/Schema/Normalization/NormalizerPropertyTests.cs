using FsCheck;
using FsCheck.Fluent;
using ToolService.Core.Schema;
using ToolService.Core.Schema.Normalization;

namespace ToolService.Core.Tests.Schema.Normalization;

public class NormalizerPropertyTests
{
    private static readonly Gen<string> Scalar = Gen.Elements(
        "null", "true", "false", "0", "1.0", "1e400", "\"\"", "\"a\"", "\"\\ud800\"", "\"STRING\"", "\"dict\"", "\"any\"", "\"object\"", "\"null\"", "\"True\"", "\"List[int]\"",
        "\"#/$defs/a\"", "\"http://json-schema.org/draft-04/schema#\"");

    private static readonly Gen<string> Name = Gen.Elements(
        "type", "nullable", "enum", "const", "required", "optional", "properties", "items", "anyOf", "allOf", "not", "$ref", "$defs", "exclusiveMinimum", "minimum", "maximum",
        "exclusiveMaximum", "example", "examples", "discriminator", "description", "$schema", "id", "$id", "default", "additionalProperties", "a", "\\u0061", "\\ud800");

    [Fact]
    public void Arbitrary_json_is_normalised_once_and_for_all_or_refused() => Check(
        Value(4),
        json =>
        {
            try
            {
                var normalized = SchemaNormalizer.Normalize(Json.Parse(json));
                var again = SchemaNormalizer.Normalize(normalized.Schema);
                return again.Changes.Count == 0 && again.Schema.Equals(normalized.Schema);
            }
            catch (JsonSchemaException e)
            {
                return e.Message.Length > 0;
            }
        });

    [Fact]
    public void Schema_without_changes_is_the_very_same() => Check(
        Value(3),
        json =>
        {
            var schema = Json.Parse(json);
            try
            {
                var normalized = SchemaNormalizer.Normalize(schema);
                return normalized.Changes.Count == 0 == normalized.Schema.Equals(schema);
            }
            catch (JsonSchemaException)
            {
                return true;
            }
        });

    [Theory]
    [InlineData("draft2020-12")]
    [InlineData("draft2020-12/optional")]
    [InlineData("draft2019-09")]
    public void Schemas_of_the_official_suite_need_nothing(string folder)
    {
        var path = Path.Combine(SharedData.Folder("json-schema-test-suite"), "tests", folder);
        var schemas = Directory.EnumerateFiles(path, "*.json")
            .SelectMany(file => Json.Parse(File.ReadAllText(file)).EnumerateArray())
            .Select(group => group.GetProperty("schema"))
            .ToList();

        Assert.NotEmpty(schemas);
        Assert.All(schemas, schema =>
        {
            var normalized = SchemaNormalizer.Normalize(schema);
            Assert.Empty(normalized.Changes);
            Assert.Equal<object>(schema, normalized.Schema);
        });
    }

    private static void Check(Gen<string> generator, Func<string, bool> property) =>
        Prop.ForAll(Arb.From(generator), property).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    private static Gen<string> Value(int depth)
    {
        if (depth == 0)
            return Scalar;
        var inner = Value(depth - 1);
        var list = from items in inner.ListOf(2)
                   select $"[{string.Join(',', items)}]";
        var schema = from members in (from name in Name from value in inner select $"\"{name}\":{value}").ListOf(4)
                     select $"{{{string.Join(',', members.DistinctBy(member => member.Split(':')[0]))}}}";
        return Gen.Frequency((2, Scalar), (1, list), (6, schema));
    }
}
