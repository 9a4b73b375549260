using System.Globalization;
using System.Text.Json;

namespace ToolService.Benchmarks;

/// <summary>A schema with instances that satisfy it and instances that do not, all as JSON text.</summary>
internal sealed record SchemaPair(string Schema, IReadOnlyList<string> Valid, IReadOnlyList<string> Invalid);

/// <summary>What validators are compared on.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Pairs">The schemas and instances.</param>
internal sealed record SchemaCase(string Name, IReadOnlyList<SchemaPair> Pairs);

/// <summary>The cases of the schema benchmark: what tool calls look like, small to large, and the official suite.</summary>
internal static class SchemaCases
{
    public static IReadOnlyList<SchemaCase> All(string? suiteFolder) =>
        [ToolCall, Order, LargeArray, AnyOfTen, .. suiteFolder is null ? [] : new[] { Suite(suiteFolder) }];

    private static SchemaCase ToolCall => new("small tool call", [new SchemaPair(
        """
        {"type":"object","properties":{"city":{"type":"string","minLength":1,"maxLength":80},"days":{"type":"integer","minimum":1,"maximum":14},
         "units":{"enum":["metric","imperial"]},"hourly":{"type":"boolean"}},"required":["city","days"],"additionalProperties":false}
        """,
        ["""{"city":"Tokyo","days":3,"units":"metric"}""", """{"city":"São Paulo","days":14,"hourly":true}""", """{"days":1,"city":"Oslo","units":"imperial"}"""],
        ["""{"city":"Tokyo"}""", """{"city":"","days":3}""", """{"city":"Oslo","days":"3"}""", """{"city":"Oslo","days":2,"unit":"metric"}"""])]);

    private static SchemaCase Order => new("nested order", [new SchemaPair(
        """
        {"type":"object","required":["id","customer","lines"],"additionalProperties":false,"properties":{
          "id":{"type":"string","minLength":8,"maxLength":40},
          "customer":{"type":"object","required":["name","address"],"properties":{"name":{"type":"string"},"email":{"type":["string","null"]},
            "address":{"$ref":"#/$defs/address"}}},
          "lines":{"type":"array","minItems":1,"items":{"$ref":"#/$defs/line"}},
          "notes":{"type":"array","items":{"type":"string"},"maxItems":5},"express":{"type":"boolean"}},
         "$defs":{
          "address":{"type":"object","required":["street","city","country"],"properties":{"street":{"type":"string"},"city":{"type":"string"},
            "zip":{"type":"string","maxLength":12},"country":{"type":"string","minLength":2,"maxLength":2}},"additionalProperties":false},
          "line":{"type":"object","required":["sku","quantity","price"],"properties":{"sku":{"type":"string","minLength":3},
            "quantity":{"type":"integer","minimum":1,"maximum":1000},"price":{"type":"number","exclusiveMinimum":0},
            "options":{"type":"object","additionalProperties":{"type":"string"}}},"additionalProperties":false}}}
        """,
        [OrderText(1, "1"), OrderText(5, "2"), OrderText(20, "3")],
        [OrderText(5, "\"2\""), OrderText(20, "0")])]);

    private static SchemaCase LargeArray => new("array of 1,000 objects", [new SchemaPair(
        """
        {"type":"array","items":{"type":"object","properties":{"id":{"type":"integer"},"name":{"type":"string","minLength":1},"price":{"type":"number","minimum":0},
         "tags":{"type":"array","items":{"type":"string"}},"active":{"type":"boolean"}},"required":["id","name","price"],"additionalProperties":false}}
        """,
        [Array(1000, i => i.ToString(CultureInfo.InvariantCulture))],
        [Array(1000, i => i == 500 ? "\"500\"" : i.ToString(CultureInfo.InvariantCulture))])]);

    private static SchemaCase AnyOfTen => new("anyOf of ten", [new SchemaPair(
        $$"""{"type":"object","properties":{"shape":{"anyOf":[{{string.Join(',', Enumerable.Range(0, 10).Select(Branch))}}]} },"required":["shape"]}""",
        [.. Enumerable.Range(0, 10).Select(i => $$$"""{"shape":{"kind":"k{{{i}}}","size{{{i}}}":{{{i}}}.5,"label":"x"}}""")],
        ["""{"shape":{"kind":"k11","size1":1}}""", """{"shape":{"kind":"k3","size3":"big"}}""", """{"shape":5}"""])]);

    private static SchemaCase Suite(string folder)
    {
        List<SchemaPair> pairs = [];
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            using var groups = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var group in groups.RootElement.EnumerateArray())
            {
                var tests = group.GetProperty("tests").EnumerateArray().ToLookup(test => test.GetProperty("valid").GetBoolean(), test => test.GetProperty("data").GetRawText());
                pairs.Add(new SchemaPair(group.GetProperty("schema").GetRawText(), [.. tests[true]], [.. tests[false]]));
            }
        }

        return new SchemaCase("official suite, 2020-12", pairs);
    }

    private static string OrderText(int lines, string quantity)
    {
        var items = Enumerable.Range(0, lines).Select(i => $$"""{"sku":"SKU-{{i}}","quantity":{{quantity}},"price":{{i}}.95,"options":{"colour":"red","size":"M"} }""");
        return $$"""
            {"id":"order-0000{{lines}}","customer":{"name":"Ada Lovelace","email":null,"address":{"street":"12 St James's Square","city":"London","zip":"SW1Y 4JH",
             "country":"GB"} },"lines":[{{string.Join(',', items)}}],"notes":["leave at the door"],"express":false}
            """;
    }

    private static string Array(int count, Func<int, string> id) => $"[{string.Join(',', Enumerable.Range(0, count).Select(
        i => $$"""{"id":{{id(i)}},"name":"item {{i}}","price":{{i}}.5,"tags":["a","b"],"active":{{(i % 2 == 0 ? "true" : "false")}} }"""))}]";

    private static string Branch(int i) =>
        $$$"""{"type":"object","properties":{"kind":{"const":"k{{{i}}}"},"size{{{i}}}":{"type":"number"},"label":{"type":"string"}},"required":["kind","size{{{i}}}"],"additionalProperties":false}""";
}
