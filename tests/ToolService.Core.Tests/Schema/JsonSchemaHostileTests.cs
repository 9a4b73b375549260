using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ToolService.Core.Schema;

namespace ToolService.Core.Tests.Schema;

public class JsonSchemaHostileTests
{
    // Generous: what is to be told apart is seconds from hours.
    private static readonly TimeSpan Bearable = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("""{"properties":{"a":{"$ref":"#"}},"items":{"$ref":"#"}}""")]
    [InlineData("""{"items":{"$ref":"#"},"unevaluatedItems":false}""")]
    [InlineData("""{"not":{"items":{"$ref":"#"}}}""")]
    [InlineData("""{"uniqueItems":true,"items":{"$ref":"#"}}""")]
    public void An_instance_too_deep_for_a_recursive_schema_is_an_error(string schema)
    {
        var errors = Json.Validate(schema, Nested(10_000));

        Assert.Contains("nests too deeply", errors[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_items_are_not_compared_beyond_the_limit()
    {
        var errors = Json.Validate("""{"uniqueItems":true}""", $"[{Nested(10_000)},{Nested(10_000)}]");

        Assert.Contains("nests too deeply", errors[^1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"const":[[1]]}""")]
    [InlineData("""{"type":"object"}""")]
    public void A_deep_instance_is_refused_by_a_flat_schema(string schema) => Assert.False(Json.Compile(schema).IsValid(Json.Parse(Nested(10_000))));

    [Fact]
    public void A_deep_instance_is_valid_where_the_schema_does_not_look() => Assert.True(Json.Compile("""{"type":"array"}""").IsValid(Json.Parse(Nested(10_000))));

    [Fact]
    public void A_deep_schema_does_not_compile()
    {
        var schema = new StringBuilder().Insert(0, """{"not":""", 10_000).Append("true").Append('}', 10_000).ToString();

        Assert.Contains("nests deeper", Json.Refuse(schema).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_chain_of_references_does_not_compile()
    {
        var definitions = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $$"""{{Quoted(i)}}:{"$ref":"#/$defs/{{i + 1}}" }"""));

        Assert.Contains("shorten the chain", Json.Refuse(References(definitions, "20000")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_subschemas_do_not_compile()
    {
        var branches = string.Join(',', Enumerable.Repeat("true", SchemaLimits.MaxSubschemas));

        Assert.Contains("more than", Json.Refuse($$"""{"anyOf":[{{branches}}]}""").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_patterns_do_not_compile()
    {
        var properties = string.Join(',', Enumerable.Range(0, SchemaLimits.MaxPatterns + 1).Select(i => $$"""{{Quoted(i)}}:{"pattern":"{{i}}"}"""));

        Assert.Contains("regular expressions", Json.Refuse($$"""{"properties":{ {{properties}} } }""").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_long_patterns_do_not_compile()
    {
        var pattern = new string('a', SchemaLimits.MaxPatternLength - 10);
        var properties = string.Join(',', Enumerable.Range(0, 50).Select(i => $$"""{{Quoted(i)}}:{"pattern":"{{pattern}}{{i}}"}"""));

        Assert.Contains("regular expressions", Json.Refuse($$"""{"properties":{ {{properties}} } }""").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_references_to_places_without_schemas_do_not_compile()
    {
        var targets = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"{Quoted(i)}:true"));
        var references = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $$"""{"$ref":"#/x-parts/{{i}}"}"""));

        var refusal = Json.Refuse($$"""{"x-parts":{ {{targets}} },"anyOf":[{{references}}]}""");

        Assert.Contains("Too many references", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_references_into_a_long_list_do_not_compile()
    {
        var items = string.Join(',', Enumerable.Repeat("[true]", 20_000));
        var references = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $$"""{"$ref":"#/x-parts/{{i}}/0"}"""));

        Assert.Contains("Too many references", Json.Refuse($$"""{"x-parts":[{{items}}],"anyOf":[{{references}}]}""").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_name_around_many_schemas_does_not_compile()
    {
        var branches = string.Join(',', Enumerable.Repeat("true", 10_000));
        var schema = $$"""{"properties":{"{{new string('a', 1_000_000)}}":{"anyOf":[{{branches}}]} } }""";

        Assert.Contains("too long altogether", Json.Refuse(schema).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Work_that_doubles_with_every_reference_is_cut_off()
    {
        var definitions = string.Join(',', Enumerable.Range(0, 60).Select(i => $$"""{{Quoted(i)}}:{"allOf":[{"$ref":"#/$defs/{{i + 1}}" },{"$ref":"#/$defs/{{i + 1}}" }]}"""));
        var schema = Json.Compile(References(definitions, "60"));
        var started = Stopwatch.GetTimestamp();

        Assert.Contains("too much work", schema.Validate(Json.Parse("1"))[^1].Message, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(started) < Bearable);
    }

    [Fact]
    public void Work_that_doubles_with_every_level_is_cut_off()
    {
        var schema = Json.Compile("""{"allOf":[{"items":{"$ref":"#"}},{"items":{"$ref":"#"}}]}""");

        Assert.Contains("too much work", schema.Validate(Json.Parse(Nested(60)))[^1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"uniqueItems":true}""", "[", "]")]
    [InlineData("""{"not":{"const":[1]}}""", "[", "]")]
    [InlineData("""{"unevaluatedItems":{"minLength":1}}""", "[", "]")]
    [InlineData("""{"propertyNames":{"maxLength":20}}""", "{", "}")]
    [InlineData("""{"enum":["a","b"]}""", "\"\\n", "\"")]
    public void Work_that_every_branch_does_with_one_long_value_is_cut_off(string branch, string opening, string closing)
    {
        var keyword = branch.Contains("enum", StringComparison.Ordinal) ? "anyOf" : "allOf";
        var schema = Json.Compile($$"""{"{{keyword}}":[{{string.Join(',', Enumerable.Repeat(branch, 10_000))}}]}""");
        var members = Enumerable.Range(0, 20_000).Select(i => opening == "{" ? $"\"{i}\":1" : $"{i}");
        var started = Stopwatch.GetTimestamp();

        Assert.Contains(
            "too much work", schema.Validate(Json.Parse($"{opening}{string.Join(',', members)}{closing}"))[^1].Message, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(started) < Bearable);
    }

    [Fact]
    public void Patterns_that_every_branch_tries_on_one_long_value_are_cut_off()
    {
        var branches = string.Join(',', Enumerable.Repeat("""{"pattern":"^[0-9,:\"\\n]*$"}""", 10_000));
        var text = string.Join(',', Enumerable.Range(0, 20_000));
        var started = Stopwatch.GetTimestamp();

        var errors = Json.Validate($$"""{"allOf":[{{branches}}]}""", $"\"\\n{text}\"");

        // A slow machine is through with the time for patterns before it is through with the steps.
        Assert.Matches("too much work|takes too long", errors[^1].Message);
        Assert.True(Stopwatch.GetElapsedTime(started) < Bearable);
    }

    [Theory]
    [InlineData("\"multipleOf\":3")]
    [InlineData("\"maximum\":1e9999999")]
    [InlineData("\"type\":\"integer\"")]
    public void Work_that_every_branch_does_with_one_long_number_is_cut_off(string branch)
    {
        var schema = Json.Compile($$"""{"allOf":[{{string.Join(',', Enumerable.Repeat($"{{{branch}}}", 10_000))}}]}""");
        var instance = Json.Parse($"{new string('3', 100_000)}.0");
        var started = Stopwatch.GetTimestamp();

        Assert.Contains("too much work", schema.Validate(instance)[^1].Message, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(started) < Bearable);
    }

    [Fact]
    public void Many_patterns_for_many_names_are_cut_off()
    {
        var patterns = string.Join(',', Enumerable.Range(0, 200).Select(i => $"\"(a|b)*{i}$\":true"));
        var schema = Json.Compile($$"""{"patternProperties":{ {{patterns}} } }""");
        var instance = Json.Parse("{" + string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"k{i}\":1")) + "}");

        Assert.Contains("too much work", Assert.Single(schema.Validate(instance)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_divisor_does_not_compile()
    {
        var refused = Json.Refuse($$"""{"multipleOf":{{new string('7', SchemaLimits.MaxDivisorLength + 1)}} }""");

        Assert.Equal("/multipleOf", refused.Pointer);
    }

    [Theory]
    [InlineData("(?=a)(a|aa)+$")]
    [InlineData("^(\\w+\\s?)*$(?!x)")]
    public void A_pattern_that_backtracks_without_end_times_out(string pattern)
    {
        var schema = Json.Compile($$"""{"not":{"pattern":{{JsonSerializer.Serialize(pattern)}} } }""");
        var errors = schema.Validate(Json.Parse($"\"{new string('a', 5_000)}!\""));

        Assert.Contains("takes too long", errors[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_without_lookarounds_cannot_backtrack()
    {
        var schema = Json.Compile("""{"pattern":"^(a+)+$"}""");

        Assert.Equal("pattern", Assert.Single(schema.Validate(Json.Parse($"\"{new string('a', 10_000)}!\""))).Keyword);
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("-1e999999999")]
    [InlineData("1e99999999999999999999999")]
    [InlineData("1e-99999999999999999999999")]
    [InlineData("0e99999999999999999999999")]
    public void Numbers_of_any_size_are_checked(string number)
    {
        var schema = Json.Compile("""{"type":"number","minimum":-1e400,"multipleOf":0.01}""");

        Assert.Equal(number is "1e400" or "1e99999999999999999999999" or "0e99999999999999999999999", schema.IsValid(Json.Parse(number)));
    }

    [Fact]
    public void A_million_unique_items_take_linear_time()
    {
        var schema = Json.Compile("""{"uniqueItems":true}""");
        var items = Json.Parse($"[{string.Join(',', Enumerable.Range(0, 1_000_000).Select(i => $$"""{"i":{{i}} }"""))}]");
        var started = Stopwatch.GetTimestamp();

        Assert.True(schema.IsValid(items));
        Assert.True(Stopwatch.GetElapsedTime(started) < Bearable);
    }

    [Fact]
    public void A_giant_enum_is_looked_up_by_hash()
    {
        var schema = Json.Compile($$"""{"items":{"enum":[{{string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"{i},\"s{i}\""))}} ] } }""");
        var instance = Json.Parse($"[{string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"s{i}\",{i}.0"))}]");
        var started = Stopwatch.GetTimestamp();

        Assert.True(schema.IsValid(instance));
        Assert.True(Stopwatch.GetElapsedTime(started) < Bearable);
    }

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\ud800\":1,\"\\udc00\":\"\\ud83d\"}")]
    [InlineData("[\"\\ud800\",\"\\ud800\",\"\\ud800x\"]")]
    public void Lone_surrogates_do_no_harm(string instance)
    {
        var schema = Json.Compile(
            """
            {"minLength":9,"pattern":"x","enum":["a"],"properties":{"a":true},"required":["a"],"patternProperties":{"a":false},"additionalProperties":false,
             "propertyNames":{"pattern":"^a"},"uniqueItems":true,"items":{"const":"b"},"dependentRequired":{"a":["b"]}}
            """);

        Assert.NotEmpty(schema.Validate(Json.Parse(instance)));
    }

    [Theory]
    [InlineData("""{"const":"\ud800"}""", """ "\ud801" """)]
    [InlineData("""{"enum":["a","\ud800"]}""", """ "\ufffd" """)]
    [InlineData("""{"enum":["a","b","c","d","e","f","g","h","\ud800"]}""", """ "\udfff" """)]
    [InlineData("""{"required":["\ud800"]}""", """{"\ud801":1}""")]
    [InlineData("""{"properties":{"\ud800":true},"additionalProperties":false}""", """{"\ufffd":1}""")]
    [InlineData("""{"dependentRequired":{"a":["\ud800"]}}""", """{"a":1,"\ufffd":1}""")]
    public void Lone_surrogates_are_told_apart(string schema, string instance) =>
        Assert.False(Json.Compile(schema).IsValid(Json.Parse(instance)));

    [Fact]
    public void Properties_named_by_lone_surrogates_are_found()
    {
        var schema = Json.Compile("""{"required":["\ud800","\ud801"],"properties":{"\ud801":{"const":"x\udfff"} } }""");

        Assert.True(schema.IsValid(Json.Parse("""{"\ud800":1,"\ud801":"x\udfff"}""")));
    }

    [Fact]
    public void A_hundred_thousand_unknown_properties_are_reported_in_bounded_time()
    {
        var schema = Json.Compile("""{"properties":{"alpha":true,"beta":true},"additionalProperties":false}""");
        var instance = Json.Parse("{" + string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"alphb{i}\":1")) + "}");
        var started = Stopwatch.GetTimestamp();

        Assert.Equal(SchemaOptions.Default.MaxErrors + 1, schema.Validate(instance).Count);
        Assert.True(Stopwatch.GetElapsedTime(started) < Bearable);
    }

    [Fact]
    public void An_element_without_a_value_is_invalid() => Assert.Single(Json.Compile("true").Validate(default));

    [Theory]
    [InlineData("""{"additionalProperties":{"items":{"type":"integer"}}}""")]
    [InlineData("""{"additionalProperties":{"items":{"anyOf":[{"type":"integer"},{"minLength":2,"maxLength":0}]}}}""")]
    public void Errors_under_a_name_of_any_length_are_bounded_together(string schema)
    {
        var errors = Json.Validate(schema, $$"""{"{{new string('k', 15_000)}}":[{{string.Join(',', Enumerable.Repeat("\"a\"", 1_000))}}]}""");

        Assert.InRange(errors.Sum(error => error.Pointer.Length), 1, 2 * SchemaLimits.MaxPointerCharacters);
        Assert.InRange(errors.Count - 1 + errors[^1].Unlisted, 1_000, 3_000);
        Assert.StartsWith("/kkk", errors[0].Pointer, StringComparison.Ordinal);
    }

    [Fact]
    public void Pointer_that_is_longer_than_all_may_be_is_cut()
    {
        var errors = Json.Validate("""{"additionalProperties":{"type":"integer"}}""", $$"""{"{{new string('k', 500_000)}}":"x"}""");

        Assert.Equal(SchemaLimits.MaxPointerCharacters, Assert.Single(errors).Pointer.Length);
    }

    [Fact]
    public void One_schema_serves_many_threads()
    {
        var schema = Json.Compile("""{"items":{"$ref":"#/$defs/a"},"$defs":{"a":{"pattern":"^a+$"}}}""");
        var valid = Json.Parse("""["a","aa","aaa"]""");
        var invalid = Json.Parse("""["a","b"]""");

        Parallel.For(0, 10_000, _ => Assert.True(schema.IsValid(valid) && schema.Validate(invalid).Count == 1));
    }

    private static string References(string definitions, string last) => $$"""{"$ref":"#/$defs/0","$defs":{ {{definitions}},"{{last}}":true} }""";

    private static string Quoted(int number) => $"\"{number}\"";

    private static string Nested(int depth) => new StringBuilder().Append('[', depth).Append(']', depth).ToString();
}
