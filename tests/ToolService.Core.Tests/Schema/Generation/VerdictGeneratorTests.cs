using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ToolService.Core.Schema;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Tests.Schema.Generation;

public class VerdictGeneratorTests(ITestOutputHelper output)
{
    [Fact]
    public void Generated_code_and_evaluators_agree_on_tool_calls()
    {
        var valid = 0;
        var total = 0;

        Prop.ForAll(Arb.From(ToolCallCases.All), pair =>
        {
            var (schema, generated) = (Json.Compile(pair.Schema), Json.Compile(pair.Schema));
            generated.Generate();
            return pair.Instances.All(text =>
            {
                var instance = Json.Parse(text);
                var expected = schema.CollectErrors(instance).Count == 0;
                valid += expected ? 1 : 0;
                total++;
                return schema.IsValid(instance) == expected && generated.IsValid(instance) == expected;
            });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

        output.WriteLine($"{valid} of {total} instances are valid");
        Assert.InRange(valid, total / 10, total);
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#"},"b":{"type":"integer"}}}""", """{"a":""", "{}", "}")]
    [InlineData("""{"type":"array","items":{"type":"array","items":{"$ref":"#"}}}""", "[", "[]", "]")]
    public void Generated_code_goes_as_deep_as_evaluators(string text, string open, string innermost, string close)
    {
        var (schema, generated) = (Json.Compile(text), Json.Compile(text));
        generated.Generate();

        Assert.All(Enumerable.Range(SchemaLimits.MaxEvaluationDepth - 5, 10), depth =>
        {
            var (before, after) = (string.Concat(Enumerable.Repeat(open, depth)), string.Concat(Enumerable.Repeat(close, depth)));
            var instance = Json.Parse(before + innermost + after);

            Assert.Equal(schema.IsValid(instance), generated.IsValid(instance));
        });
    }

    [Fact]
    public void Generated_code_takes_as_much_work_as_evaluators()
    {
        const string Text = """{"type":"array","items":{"type":"object","properties":{"a":{"uniqueItems":true}}}}""";
        var item = $$"""{"a":[{{string.Join(',', Enumerable.Range(0, 1_000).Select(i => $"\"{i}\""))}}]}""";
        var instance = Json.Parse($"[{string.Join(',', Enumerable.Repeat(item, 1_000))}]");
        var (schema, generated) = (Json.Compile(Text), Json.Compile(Text));
        generated.Generate();

        Assert.True(schema.IsValid(instance));
        Assert.True(generated.IsValid(instance));
    }

    [Fact]
    public void Generated_code_allocates_nothing_for_a_valid_value()
    {
        var schema = Json.Compile("""
            {"type":"object","properties":{"city":{"type":"string","minLength":2},"days":{"type":"integer","minimum":1}},"required":["city"]}
            """);
        schema.Generate();
        var instance = Json.Parse("""{"days":3,"city":"Tokyo"}""");
        Assert.True(schema.IsValid(instance));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            schema.IsValid(instance);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Generated_code_allocates_nothing_where_several_schemas_apply_to_a_value()
    {
        var schema = Json.Compile("""
            {"allOf":[{"$ref":"#/$defs/named"}],"oneOf":[{"properties":{"kind":{"const":"a"},"size":{"type":"integer"}}},
             {"properties":{"kind":{"const":"b"},"\n":{"not":{"type":"null"}}}}],"if":{"required":["list"]},"then":{"properties":{
             "list":{"contains":{"minimum":3},"prefixItems":[{"type":"integer"}],"unevaluatedItems":{"type":"integer"}}}},
             "unevaluatedProperties":false,"$defs":{"named":{"required":["name"],"properties":{"name":{"type":"string"}}}}}
            """);
        schema.Generate();
        var instance = Json.Parse("""{"name":"n","kind":"b","\n":1,"list":[1,2,3]}""");
        Assert.True(schema.IsValid(instance));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            schema.IsValid(instance);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task Code_is_generated_after_many_validations()
    {
        var schema = Json.Compile("""{"items":{"type":"integer"}}""");
        var instance = Json.Parse("[1]");
        for (var i = 1; i < JsonSchema.GenerateAfter; i++)
            schema.IsValid(instance);
        Assert.Null(schema.Generation);

        schema.IsValid(instance);
        await schema.Generation!;

        Assert.True(schema.IsGenerated);
        Assert.True(schema.IsValid(instance));
    }

    [Fact]
    public async Task Code_is_not_generated_where_evaluators_are_as_good()
    {
        var schema = Json.Compile("""{"type":"integer"}""");
        for (var i = 0; i < JsonSchema.GenerateAfter; i++)
            schema.IsValid(Json.Parse("1"));

        await schema.Generation!;

        Assert.False(schema.IsGenerated);
    }

    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public void Generated_code_marks_as_many_properties_as_there_are(int count)
    {
        var names = Enumerable.Range(0, count).Select(i => $"\"p{i}\":1");
        const string Text = """
            {"patternProperties":{"^p":true},"anyOf":[{"properties":{"q":true}},{"required":["r"]}],"unevaluatedProperties":false}
            """;
        var schema = Json.Compile(Text);
        schema.Generate();

        Assert.True(schema.IsValid(Json.Parse($"{{{string.Join(',', names)}}}")));
        Assert.True(schema.IsValid(Json.Parse($"{{{string.Join(',', names.Skip(1).Append("\"q\":1"))}}}")));
        Assert.False(schema.IsValid(Json.Parse($"{{{string.Join(',', names.Skip(1).Append("\"r\":1"))}}}")));
    }

    [Fact]
    public void A_schema_of_many_branches_is_generated_in_part()
    {
        var branches = string.Join(',', Enumerable.Range(0, 60).Select(i => $$"""
            {"required":["a"],"properties":{"a":{"oneOf":[{{Constants(60 * i)}}]} } }
            """));
        var schema = Json.Compile($$"""{"anyOf":[{{branches}}]}""");
        schema.Generate();

        Assert.All(Enumerable.Range(0, 3600), i => Assert.True(schema.IsValid(Json.Parse($$"""{"a":{{i}} }"""))));
        Assert.False(schema.IsValid(Json.Parse("""{"a":3600}""")));

        static string Constants(int first) =>
            string.Join(',', Enumerable.Range(first, 60).Select(i => $$"""{"const":{{i}} }"""));
    }

    [Fact]
    public void Generated_code_finds_the_dynamic_scope_of_what_it_asks()
    {
        const string Text = """
            {"$id":"https://example.com/strings","type":"object","properties":{"list":{"$ref":"list"}},"$defs":{
              "item":{"$dynamicAnchor":"item","type":"string"},
              "list":{"$id":"list","type":"array","items":{"$dynamicRef":"#item"},"$defs":{"any":{"$dynamicAnchor":"item"}}}}}
            """;
        var schema = Json.Compile(Text);
        schema.Generate();

        Assert.True(schema.IsValid(Json.Parse("""{"list":["a"]}""")));
        Assert.False(schema.IsValid(Json.Parse("""{"list":[1]}""")));
    }

    [Fact]
    public void Generated_code_reads_a_value_at_the_very_end_of_its_text()
    {
        var schema = Json.Compile("""{"type":"array","items":{"enum":["a","bc","defghijkl"]}}""");
        schema.Generate();

        Assert.All(
            (string[])["""["a"]""", """["bc"]""", """["a","defghijkl"]""", "[]"],
            text => Assert.True(schema.IsValid(JsonIndexer.Index(Encoding.UTF8.GetBytes(text)))));
        Assert.All((string[])["""["b"]""", """["bd"]""", """["defghijkk"]"""], text => Assert.False(schema.IsValid(Json.Parse(text))));
    }

    [Fact]
    public void A_schema_of_many_values_is_generated_in_part()
    {
        var properties = string.Join(',', Enumerable.Range(0, 20).Select(i => $$"""
            "group_{{i}}":{"type":"object","properties":{{{string.Join(',', Enumerable.Range(0, 20).Select(j => $$"""
            "member_{{j}}":{"type":"integer"}
            """))}}} }
            """));
        var schema = Json.Compile($$"""{"type":"object","properties":{{{properties}}} }""");
        schema.Generate();

        Assert.True(schema.IsValid(Json.Parse("""{"group_0":{"member_3":1},"group_19":{"member_19":2}}""")));
        Assert.False(schema.IsValid(Json.Parse("""{"group_0":{"member_3":1},"group_19":{"member_19":"2"}}""")));
    }
}
