using System.Text.Json;
using ToolService.Core.Tools;
using ToolService.Core.Tools.OpenApi;

namespace ToolService.Core.Tests.Tools.OpenApi;

public class OpenApiSchemasTests
{
    [Fact]
    public void Only_definitions_that_an_operation_uses_are_in_its_schema_and_loops_stay_loops()
    {
        var tool = ApiText.One(Body("""{"$ref":"#/components/schemas/Node"}""", """
            "Node":{"type":"object","properties":{"next":{"$ref":"#/components/schemas/Node"},"leaf":{"$ref":"#/components/schemas/Leaf"}}},
            "Leaf":{"type":"string"},"Unused":{"type":"string"}
            """));

        ApiText.AssertJson(
            """
            {"Node":{"type":"object","properties":{"next":{"$ref":"#/$defs/Node"},"leaf":{"$ref":"#/$defs/Leaf"}}},"Leaf":{"type":"string"}}
            """,
            tool.InputSchema.GetProperty("$defs"));
    }

    [Theory]
    [InlineData("#/components/schemas/a~1b", "a/b")]
    [InlineData("#/components/schemas/a%20b", "a b")]
    [InlineData("#/components/schemas/a~0b%25", "a~b%")]
    [InlineData("#/components/schemas/%C3%BC", "ü")]
    public void Escapes_in_references_are_understood(string reference, string name)
    {
        var tool = ApiText.One(Body($$"""{"$ref":"{{reference}}"}""", $$"""  "{{name}}":{"type":"string"}  """));

        ApiText.AssertJson("""{"type":"string"}""", Assert.Single(tool.InputSchema.GetProperty("$defs").EnumerateObject()).Value);
        AssertValid(tool, """{"body":"x"}""", true);
        AssertValid(tool, """{"body":1}""", false);
    }

    [Fact]
    public void References_lead_through_parameters_bodies_path_items_and_each_other()
    {
        var tool = ApiText.One("""
            {"openapi":"3.1.0","servers":[{"url":"https://api.example.com"}],"paths":{"/pets/{id}":{"$ref":"#/components/pathItems/Pet"}},
             "components":{"pathItems":{"Pet":{"parameters":[{"$ref":"#/components/parameters/A"}],"post":{"requestBody":{"$ref":"#/components/requestBodies/B"}}}},
              "parameters":{"A":{"$ref":"#/components/parameters/Id"},"Id":{"name":"id","in":"path","required":true,"schema":{"$ref":"#/components/schemas/S"}}},
              "requestBodies":{"B":{"content":{"application/json":{"schema":{"$ref":"#/components/parameters/Id/schema"}}}}},
              "schemas":{"S":{"$ref":"#/components/schemas/T"},"T":{"type":"integer"}}}}
            """);

        AssertValid(tool, """{"id":1,"body":2}""", true);
        AssertValid(tool, """{"id":1,"body":"2"}""", false);
    }

    [Theory]
    [InlineData("other.yaml#/Pet", "'$ref': 'other.yaml#/Pet' leads to another document; bundle both into one, then import that.")]
    [InlineData("https://example.com/x.json", "'$ref': 'https://example.com/x.json' leads to another document; bundle both into one, then import that.")]
    [InlineData("#/components/schemas/None", "'$ref': '#/components/schemas/None' leads nowhere in this document.")]
    [InlineData("#pet", "'$ref': '#pet' names an anchor; write where it stands instead, as in #/components/schemas/Name.")]
    public void Operation_whose_references_cannot_be_followed_is_skipped(string reference, string reason) =>
        Assert.StartsWith(reason, ApiText.Reason(Body($$"""{"type":"object","properties":{"a":{"$ref":"{{reference}}"} } }""")), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"$ref":"#/components/schemas/A"}""", "refers back to itself")]
    [InlineData("""{"requierd":["a"]}""", "did you mean 'required'?")]
    [InlineData("""{"$dynamicRef":"#x"}""", "'$dynamicRef' is not supported")]
    [InlineData("""{"type":"string","pattern":"("}""", "cannot be enforced")]
    public void Operation_whose_schema_cannot_be_enforced_is_skipped(string schema, string reason) =>
        Assert.Contains(reason, ApiText.Reason(Body(schema, """ "A":{"$ref":"#/components/schemas/A"} """)), StringComparison.Ordinal);

    [Fact]
    public void Schema_that_would_explode_inlined_stays_small()
    {
        var schemas = string.Join(',', Enumerable.Range(0, 60).Select(i =>
            $$"""  "s{{i}}":{"type":"object","properties":{"a":{"$ref":"#/components/schemas/s{{i + 1}}"},"b":{"$ref":"#/components/schemas/s{{i + 1}}"} } }  """));

        var tool = ApiText.One(Body("""{"$ref":"#/components/schemas/s0"}""", schemas + """, "s60":{"type":"string"}"""));

        Assert.Equal(61, tool.InputSchema.GetProperty("$defs").EnumerateObject().Count());
    }

    [Fact]
    public void Request_need_not_have_what_is_read_only()
    {
        var tool = ApiText.One(Body(
            """{"allOf":[{"$ref":"#/components/schemas/Base"},{"required":["id","name"]}]}""",
            """
            "Base":{"type":"object","required":["id","link","name"],"properties":{"id":{"type":"integer","readOnly":true},
              "link":{"$ref":"#/components/schemas/Link"},"name":{"type":"string"}}},"Link":{"type":"string","readOnly":true}
            """));

        AssertValid(tool, """{"body":{"name":"x"}}""", true);
        AssertValid(tool, """{"body":{"id":1}}""", false);
    }

    [Fact]
    public void Dialect_of_version_3_0_is_enforced_as_it_is_meant()
    {
        var tool = ApiText.One(Body(
            """{"type":"object","properties":{"a":{"type":"integer","nullable":true,"minimum":1,"exclusiveMinimum":true,"x-note":1,"example":2}}}""",
            version: "3.0.3"));

        AssertValid(tool, """{"body":{"a":null}}""", true);
        AssertValid(tool, """{"body":{"a":1}}""", false);
        Assert.DoesNotContain("x-note", tool.InputSchema.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Keywords_that_resolve_in_the_document_only_are_left_out_and_values_are_not_touched()
    {
        var tool = ApiText.One(Body("""
            {"$id":"https://example.com/x","$anchor":"a","type":"object","properties":{"$id":{"type":"string"},"x-a":{"const":{"$ref":"y","x-b":1}},
              "b":{"$ref":"#/components/schemas/A/$defs/Inner"}}}
            """, """ "A":{"$defs":{"Inner":{"type":"integer"}}} """));

        AssertValid(tool, """{"body":{"$id":"s","x-a":{"$ref":"y","x-b":1},"b":1}}""", true);
        AssertValid(tool, """{"body":{"x-a":{"$ref":"y"}}}""", false);
        AssertValid(tool, """{"body":{"b":"1"}}""", false);
    }

    [Fact]
    public void Schema_that_is_false_takes_nothing()
    {
        var tool = ApiText.One(ApiText.WithOperation("""{"parameters":[{"name":"a","in":"query","schema":false},{"name":"b","in":"query","schema":true}]}"""));

        AssertValid(tool, """{"b":1}""", true);
        AssertValid(tool, """{"a":1}""", false);
    }

    private static void AssertValid(ImportedOperation operation, string arguments, bool isValid)
    {
        var tool = new Tool(new DefinedTool(operation.Name, operation.InputSchema.GetRawText()), operation.Policy);
        Assert.Equal(isValid, tool.Schema.IsValid(JsonElement.Parse(arguments)));
    }

    private static string Body(string schema, string schemas = "", string version = "3.1.0") => ApiText.WithOperation(
        $$"""{"requestBody":{"content":{"application/json":{"schema":{{schema}} } } } }""", "post",
        more: $$"""  "components":{"schemas":{ {{schemas}} } }  """, version: version);
}
