namespace ToolService.Core.Tests.Schema;

public class JsonSchemaTests
{
    private const string ToolSchema =
        """
        {"type":"object","properties":{"city":{"type":"string","minLength":1,"maxLength":80},"days":{"type":"integer","minimum":1,"maximum":14},
         "units":{"enum":["metric","imperial"]},"tags":{"type":"array","items":{"$ref":"#/$defs/tag"}}},"required":["city","days"],"additionalProperties":false,
         "$defs":{"tag":{"anyOf":[{"type":"string"},{"type":"null"}]}}}
        """;

    [Theory]
    [InlineData("""{"type":"integer"}""", "1.0", "1.5")]
    [InlineData("""{"type":"integer"}""", "12345678901234567890123e2", "1e-1")]
    [InlineData("""{"type":["array","boolean"]}""", "false", "null")]
    [InlineData("""{"minimum":18446744073709551616}""", "18446744073709551616.0", "18446744073709551615")]
    [InlineData("""{"exclusiveMinimum":0.1}""", "0.10000000000000000000000000000000000001", "0.1")]
    [InlineData("""{"multipleOf":0.01}""", "19.99", "19.999")]
    [InlineData("""{"multipleOf":3}""", "9e300", "1e300")]
    [InlineData("""{"maxLength":1}""", "\"\\ud83d\\udc32\"", "\"ab\"")]
    [InlineData("""{"maxLength":1}""", "\"🐲\"", "\"🐲🐲\"")]
    [InlineData("""{"const":{"a":[1,"b"],"c":null}}""", """{"c":null,"\u0061":[1.0,"\u0062"]}""", """{"a":["b",1],"c":null}""")]
    [InlineData("""{"enum":[1,"1",false]}""", "1.0", "0")]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"\u0061":"x"}""", """{"\u0061":1}""")]
    [InlineData("""{"required":["a\n\"b\""]}""", """{"a\n\"b\"":1}""", """{"a\n\"b":1}""")]
    [InlineData("""{"required":["a\n\"b\""]}""", """{"\u0061\u000A\u0022b\"":1}""", """{"\u0061\u000A\u0022b\u0022\u0000":1}""")]
    [InlineData("""{"properties":{"a/b\u0000":{"type":"null"}}}""", """{"a\/b\u0000":null}""", """{"a\/b\u0000":1}""")]
    [InlineData("""{"enum":["\t","\u001f\\"]}""", """ "\u001F\u005c" """, """ "\u001f" """)]
    [InlineData("""{"dependentRequired":{"a\tb":["c\\d"]}}""", """{"a\tb":1,"c\u005Cd":1}""", """{"a\u0009b":1,"c\\":1}""")]
    [InlineData("""{"patternProperties":{"^x-":{"type":"string"}},"additionalProperties":false}""", """{"x-a":""}""", """{"y":""}""")]
    [InlineData("""{"propertyNames":{"maxLength":2}}""", """{"ab":1}""", """{"abc":1}""")]
    [InlineData("""{"dependentSchemas":{"a":{"required":["b"]}}}""", """{"a":1,"b":1}""", """{"a":1}""")]
    [InlineData("""{"prefixItems":[{"type":"string"}],"items":{"type":"integer"}}""", "[\"a\",1]", "[\"a\",\"b\"]")]
    [InlineData("""{"contains":{"const":1},"minContains":2,"maxContains":3}""", "[1,2,1]", "[1,2]")]
    [InlineData("""{"contains":{"const":1},"minContains":0}""", "[]", null)]
    [InlineData("""{"uniqueItems":true}""", "[1,true,\"1\",[1],{\"a\":1}]", "[{\"a\":1,\"b\":2},{\"b\":2.0,\"a\":1}]")]
    [InlineData("""{"if":{"properties":{"a":{"const":1}}},"then":{"required":["b"]},"else":{"required":["c"]}}""", """{"a":1,"b":1}""", """{"a":2,"b":1}""")]
    [InlineData("""{"oneOf":[{"minimum":2},{"maximum":5}]}""", "1", "3")]
    [InlineData("""{"allOf":[{"properties":{"a":true}}],"unevaluatedProperties":false}""", """{"a":1}""", """{"b":1}""")]
    [InlineData("""{"anyOf":[{"required":["a"],"properties":{"a":true}},{"properties":{"b":true}}],"unevaluatedProperties":false}""", """{"a":1,"b":1}""", """{"a":1,"c":1}""")]
    [InlineData("""{"prefixItems":[true],"contains":{"const":9},"unevaluatedItems":false}""", "[1,9]", "[1,9,2]")]
    [InlineData("""{"properties":{"next":{"$ref":"#"}},"additionalProperties":false}""", """{"next":{"next":{}}}""", """{"next":{"nxt":{}}}""")]
    [InlineData("""{"$ref":"#/x-parts/a","x-parts":{"a":{"type":"null"}}}""", "null", "1")]
    [InlineData("""{"$ref":"#a","$defs":{"x":{"$anchor":"a","type":"null"}}}""", "null", "1")]
    [InlineData("""{"$id":"https://example.com/a/","$ref":"b","$defs":{"x":{"$id":"b","$ref":"#/$defs/y","$defs":{"y":{"type":"null"}}}}}""", "null", "1")]
    [InlineData("""{"$dynamicAnchor":"node","properties":{"child":{"$dynamicRef":"#node"}},"required":["id"]}""", """{"id":1,"child":{"id":2}}""", """{"id":1,"child":{}}""")]
    public void Verdicts_follow_the_standard(string schema, string valid, string? invalid)
    {
        var compiled = Json.Compile(schema);

        Assert.True(compiled.IsValid(Json.Parse(valid)));
        Assert.Empty(compiled.CollectErrors(Json.Parse(valid)));
        if (invalid is null)
            return;
        Assert.False(compiled.IsValid(Json.Parse(invalid)));
        Assert.NotEmpty(compiled.Validate(Json.Parse(invalid)));
        compiled.Generate();
        Assert.True(compiled.IsValid(Json.Parse(valid)));
        Assert.False(compiled.IsValid(Json.Parse(invalid)));
    }

    [Theory]
    [InlineData("^abc$", "abc", "abc\\n")]
    [InlineData("^\\\\d$", "5", "\\u0665")]
    [InlineData("^\\\\w$", "a", "é")]
    [InlineData("^\\\\s$", "\\ufeff", "\\u0085")]
    [InlineData("^.$", "🐲", "\\u2028")]
    [InlineData("^[^a]$", "🐲", "a")]
    [InlineData("^[🐲-🐴]$", "🐳", "🐵")]
    [InlineData("^🐲{2}$", "🐲🐲", "🐲")]
    [InlineData("^\\\\u{1F432}$", "🐲", "a")]
    [InlineData("^\\\\p{Lu}$", "É", "é")]
    [InlineData("^[^\\\\p{Lu}x]$", "é", "É")]
    [InlineData("^[\\\\w-]+$", "a-b", "a b")]
    [InlineData("^[a[]$", "[", "b")]
    [InlineData("^\\\\cC$", "\\u0003", "C")]
    [InlineData("^(?!a)\\\\w+$", "b", "a")]
    [InlineData("^(?<q>.)\\\\k<q>$", "aa", "ab")]
    [InlineData("\\\\bcat\\\\b", "a cat", "éécats")]
    [InlineData("^a{2,3}$", "aa", "a")]
    [InlineData("bc", "abcd", "acbd")]
    [InlineData("bc", "é\\n\\u0062c", "b\\nc")]
    public void Patterns_mean_what_they_mean_in_ecma_262(string pattern, string match, string other)
    {
        var schema = Json.Compile($$"""{"pattern":"{{pattern}}"}""");

        Assert.True(schema.IsValid(Json.Parse($"\"{match}\"")));
        Assert.False(schema.IsValid(Json.Parse($"\"{other}\"")));
    }

    [Fact]
    public void A_valid_tool_call_is_checked_without_allocating()
    {
        var schema = Json.Compile(ToolSchema);
        var instance = Json.Parse("""{"city":"Tokyo","days":3,"units":"metric","tags":["a",null]}""");
        Assert.Empty(schema.Validate(instance));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            schema.Validate(instance);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
