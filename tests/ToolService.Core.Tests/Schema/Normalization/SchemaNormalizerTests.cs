using System.Diagnostics;
using System.Text;
using ToolService.Core.Schema;
using ToolService.Core.Schema.Normalization;
using static ToolService.Core.Tests.Schema.Normalization.NormalizeAssert;

namespace ToolService.Core.Tests.Schema.Normalization;

public class SchemaNormalizerTests
{
    [Theory]
    [InlineData("true")]
    [InlineData("5")]
    [InlineData("{}")]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2020-12/schema","properties":{"a":{"type":["string","null"]}},"$defs":{"d":{"items":false}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"allOf":[{"properties":{"b":true}}],"if":{"properties":{"c":{"const":1}}}}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"minimum":1,"exclusiveMinimum":0}},"x-type":{"type":"STRING"}}""")]
    public void Schema_that_needs_nothing_is_returned_as_it_is(string schema) => Stays(schema);

    [Theory]
    [InlineData("""{"const":{"type":"STRING","nullable":true}}""")]
    [InlineData("""{"enum":[{"type":"dict"}],"default":{"type":"dict","required":true},"examples":[{"properties":{"a":{"type":"INT"}}}]}""")]
    [InlineData("""{"dependencies":{"a":["b"]}}""")]
    public void Values_are_not_schemas(string schema) => Stays(schema);

    [Theory]
    [InlineData("items", "")]
    [InlineData("prefixItems", "[]")]
    [InlineData("additionalProperties", "")]
    [InlineData("not", "")]
    [InlineData("if", "")]
    [InlineData("contains", "")]
    [InlineData("propertyNames", "")]
    [InlineData("anyOf", "[]")]
    [InlineData("properties", "{}")]
    [InlineData("patternProperties", "{}")]
    [InlineData("$defs", "{}")]
    [InlineData("dependentSchemas", "{}")]
    public void Schemas_are_found_wherever_they_stand(string keyword, string shape)
    {
        var (open, close, place) = shape switch
        {
            "[]" => ("[", "]", "/0"),
            "{}" => ("""{"type":""", "}", "/type"),
            _ => ("", "", ""),
        };

        Becomes(
            $$"""{"type":["object","array"],"{{keyword}}":{{open}}{"type":"STRING"}{{close}}}""",
            $$"""{"type":["object","array"],"{{keyword}}":{{open}}{"type":"string"}{{close}}}""",
            $"/{keyword}{place}/type");
    }

    [Theory]
    [InlineData("""{"minimum":1.50,"exclusiveMinimum":true}""", """{"exclusiveMinimum":1.50}""", "/exclusiveMinimum")]
    [InlineData("""{"maximum":1e400,"exclusiveMaximum":true}""", """{"exclusiveMaximum":1e400}""", "/exclusiveMaximum")]
    [InlineData("""{"minimum":1,"exclusiveMinimum":false}""", """{"minimum":1}""", "/exclusiveMinimum")]
    public void Flag_beside_a_bound_becomes_the_bound(string schema, string expected, string pointer) => Becomes(schema, expected, pointer);

    [Theory]
    [InlineData("""{"items":{"exclusiveMinimum":true}}""")]
    [InlineData("""{"items":{"exclusiveMinimum":true,"minimum":false}}""")]
    public void Flag_without_a_bound_is_refused(string schema) =>
        Refuses(schema, "/items/exclusiveMinimum", "without a number as 'minimum'");

    [Theory]
    [InlineData("""{"example":5}""", """{"examples":[5]}""", "/example")]
    [InlineData("""{"example":5,"examples":[6]}""", """{"examples":[6]}""", "/example")]
    [InlineData("""{"xml":{"name":"x"}}""", "{}", "/xml")]
    [InlineData("""{"discriminator":{"propertyName":"x"}}""", "{}", "/discriminator")]
    [InlineData("""{"externalDocs":{"url":"x"}}""", "{}", "/externalDocs")]
    public void Annotations_of_openapi_are_kept_or_dropped(string schema, string expected, string pointer) => Becomes(schema, expected, pointer);

    [Theory]
    [InlineData("""{"properties":{"a":true}}""", """{"type":"object","properties":{"a":true}}""", "/properties")]
    [InlineData("""{"items":{"properties":{}}}""", """{"items":{"type":"object","properties":{}}}""", "/items/properties")]
    [InlineData("""{"$defs":{"d":{"properties":{}}}}""", """{"$defs":{"d":{"type":"object","properties":{}}}}""", "/$defs/d/properties")]
    public void Properties_without_a_type_are_an_objects(string schema, string expected, string pointer) => Becomes(schema, expected, pointer);

    [Theory]
    [InlineData("""{"properties":{"a":true},"enum":[{}]}""")]
    [InlineData("""{"properties":{"a":true},"$ref":"#"}""")]
    [InlineData("""{"anyOf":[{"properties":{"a":true}}],"not":{"properties":{"a":true}}}""")]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2020-12/schema","items":{"properties":{"a":true}}}""")]
    public void Condition_on_properties_is_no_type(string schema) => Stays(schema);

    [Theory]
    [InlineData("http://json-schema.org/draft-04/schema#", "http://json-schema.org/draft-07/schema#")]
    [InlineData("http://json-schema.org/draft-06/schema", "http://json-schema.org/draft-07/schema#")]
    [InlineData("https://spec.openapis.org/oas/3.1/dialect/base", "https://json-schema.org/draft/2020-12/schema")]
    public void Older_dialect_is_read_as_a_later_one(string written, string dialect) =>
        Becomes($$"""{"$schema":"{{written}}","type":"object"}""", $$"""{"$schema":"{{dialect}}","type":"object"}""", "/$schema");

    [Fact]
    public void Id_of_draft_04_is_taken_as_its_successor() => Becomes(
        """{"$schema":"http://json-schema.org/draft-04/schema#","id":"http://x.test/a","properties":{"id":{"type":"string"}}}""",
        """{"$schema":"http://json-schema.org/draft-07/schema#","$id":"http://x.test/a","properties":{"id":{"type":"string"}}}""",
        "/$schema", "/id");

    [Fact]
    public void Keywords_that_are_null_are_not_there() => Becomes(
        """{"type":"string","description":null,"enum":null,"default":null,"format":null}""",
        """{"type":"string","default":null}""",
        "/description", "/format", "/enum");

    [Fact]
    public void What_is_not_touched_keeps_its_bytes()
    {
        var text = """{"type":"dict","properties":{"\u0061\ud800":{"const":[1.0,1e400,"\ud800\u00e9"]}},"x-\u0022":0.10}""";

        var normalized = SchemaNormalizer.Normalize(Json.Parse(text));

        Assert.Equal(text.Replace("dict", "object", StringComparison.Ordinal), Encoding.UTF8.GetString(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(normalized.Schema)));
    }

    [Fact]
    public void Name_that_stands_twice_is_refused() =>
        Refuses("""{"items":{"type":"int","type":"str"}}""", "/items/type", "stands twice");

    [Fact]
    public void Schema_that_nests_too_deeply_is_refused()
    {
        var schema = $"{string.Concat(Enumerable.Repeat("""{"not":""", 1_000))}true{new string('}', 1_000)}";

        Assert.Contains("deeper", Assert.Throws<JsonSchemaException>(() => SchemaNormalizer.Normalize(Json.Parse(schema))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60_000, "{}", "subschemas")]
    [InlineData(20_000, """{"nullable":false}""", "more places")]
    public void Schema_that_is_too_large_is_refused(int count, string item, string reason)
    {
        var schema = $$"""{"anyOf":[{{string.Join(',', Enumerable.Repeat(item, count))}}]}""";

        Assert.Contains(reason, Assert.Throws<JsonSchemaException>(() => SchemaNormalizer.Normalize(Json.Parse(schema))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_names_do_not_multiply()
    {
        var name = new string('n', 1_000_000);
        var schema = $$"""{"properties":{"{{name}}":{"anyOf":[{{string.Join(',', Enumerable.Repeat("""{"type":"int"}""", 9_000))}}] } } }""";

        Assert.Contains("more places", Assert.Throws<JsonSchemaException>(() => SchemaNormalizer.Normalize(Json.Parse(schema))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Large_value_deep_inside_what_changes_takes_bounded_time()
    {
        var schema = $$"""{"const":"{{new string('x', 1_000_000)}}" }""";
        for (var i = 0; i < 100; i++)
            schema = $$"""{"type":["int","object"],"not":{{schema}} }""";

        var watch = Stopwatch.StartNew();

        Assert.Equal(100, SchemaNormalizer.Normalize(Json.Parse(schema)).Changes.Count);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }
}
