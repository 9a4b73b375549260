using FsCheck;
using FsCheck.Fluent;

namespace ToolService.Core.Tests.Schema.Generation;

/// <summary>Schemas as tools have them, with instances at which they aim: mostly valid, the others nearly.</summary>
internal static class ToolCallCases
{
    private static readonly (string Schema, string[] Values)[] Leaves =
    [
        ("""{"type":"string"}""", ["\"\"", "\"a\"", "\"\\n\"", "1"]),
        ("""{"type":"string","minLength":1,"maxLength":3}""",
            ["\"a\"", "\"abc\"", "\"ééé\"", "\"\\u00e9\\u00e9\\u00e9\"", "\"\"", "\"abcd\"", "\"🐲🐲🐲🐲\""]),
        ("""{"type":"string","minLength":2,"maxLength":8}""",
            ["\"ab\"", "\"é\"", "\"éé\"", "\"\\u0061b\"", "\"\\u0061\"", "\"abcdefgh\"", "\"abcdefghi\"", "\"🐲a\"", "\"🐲\""]),
        ("""{"type":"string","minLength":9}""", ["\"123456789\"", "\"12345678\"", "\"éééééééé\"", "\"ééééééééé\""]),
        ("""{"type":"integer"}""", ["0", "-1", "1.0", "1.5", "1e2", "1e-2", "12345678", "123456789", "true", "\"1\"", "null"]),
        ("""{"type":"integer","minimum":1,"maximum":1000}""", ["0", "1", "1000", "1001", "1000.0", "999.5", "-5", "1e2", "1e9"]),
        ("""{"type":"number","exclusiveMinimum":0}""", ["0", "0.0", "0.5", "12.95", "-1", "1e3", "123456.789", "1"]),
        ("""{"type":"number","minimum":-1.5,"maximum":2}""", ["-1.5", "-1.6", "2", "2.0", "2.1", "0", "1.99"]),
        ("""{"minimum":10,"exclusiveMaximum":20}""", ["9.99", "10", "10.0", "19", "19.5", "20", "\"x\"", "[]"]),
        ("""{"enum":["metric","imperial","neither of the two"]}""",
            ["\"metric\"", "\"imperial\"", "\"neither of the two\"", "\"neither of the too\"", "\"m\\u0065tric\"", "\"Metric\"", "1"]),
        ("""{"enum":["a",1,null,{"b":[]}]}""", ["\"a\"", "1.0", "null", "{\"b\":[]}", "{}", "\"b\""]),
        ("""{"const":"k"}""", ["\"k\"", "\"\\u006b\"", "\"kk\"", "0"]),
        ("""{"type":["string","null"],"maxLength":3}""", ["null", "\"abc\"", "\"abcd\"", "0"]),
        ("""{"type":"boolean"}""", ["true", "false", "null"]),
        ("""{"type":"string","minLength":2,"pattern":"^a"}""", ["\"ab\"", "\"a\"", "\"ba\""]),
        ("""{"anyOf":[{"type":"integer"},{"type":"object","required":["a"]}]}""", ["1", "{\"a\":1}", "{}", "1.5"]),
        ("""{"$ref":"#"}""", ["{}", "[]", "1", "\"a\""]),
        ("true", ["1", "[[]]"]),
    ];

    private static readonly Gen<string> Name = Gen.Elements("a", "city", "b\\u0061", "quantity", "description", "a_name_of_many_characters", "é", "");

    /// <summary>A schema and some instances.</summary>
    public static Gen<(string Schema, string[] Instances)> All =>
        from pair in Gen.OneOf(Object(3), List(3))
        from instances in pair.Instance.ListOf(8)
        select (pair.Schema, instances.ToArray());

    private static Gen<(string Schema, Gen<string> Instance)> Pair(int depth)
    {
        // The first values of a leaf satisfy it more often than the last ones.
        var leaf = Gen.Elements(Leaves).Select(leaf => (leaf.Schema, Gen.OneOf(Gen.Elements(leaf.Values), Gen.Constant(leaf.Values[0]))));
        return depth == 0 ? leaf : Gen.Frequency((3, leaf), (2, Object(depth - 1)), (1, List(depth - 1)));
    }

    private static Gen<(string Schema, Gen<string> Instance)> List(int depth) =>
        from item in Pair(depth)
        from size in Gen.Elements("", ""","minItems":1""", ""","minItems":1,"maxItems":2""", ""","uniqueItems":true""")
        let items = Gen.Choose(0, 3).SelectMany(count => item.Instance.ListOf(count))
        select ($$"""{"type":"array","items":{{item.Schema}}{{size}} }""", items.Select(values => $"[{string.Join(',', values)}]"));

    private static Gen<(string Schema, Gen<string> Instance)> Object(int depth) =>
        from names in Name.ListOf(4)
        from schemas in Pair(depth).ListOf(4)
        from required in Gen.SubListOf("a", "city", "quantity")
        from additional in Gen.Elements("", ""","additionalProperties":false""", ""","additionalProperties":{"type":"integer"}""")
        from size in Gen.Elements("", "", "", "", ""","minProperties":1,"maxProperties":3""", ""","propertyNames":{"maxLength":8}""")
        let properties = names.Distinct().Zip(schemas, (name, pair) => (Name: name, pair.Schema, pair.Instance)).ToList()
        let rules = string.Join(',', properties.Select(property => $"\"{property.Name}\":{property.Schema}"))
        let list = string.Join(',', required.Select(name => $"\"{name}\""))
        let schema = $$"""{"type":"object","properties":{{{rules}}},"required":[{{list}}]{{additional}}{{size}} }"""
        select (schema, Members(properties, required));

    /// <summary>Objects with most of the properties, sometimes in another order, escaped, or twice.</summary>
    private static Gen<string> Members(List<(string Name, string Schema, Gen<string> Instance)> properties, ICollection<string> required)
    {
        var known = properties.Select(property => property.Instance.Select(value => $"\"{property.Name}\":{value}"));
        var unknown = required.Except(properties.Select(property => property.Name)).Select(name => Gen.Constant($"\"{name}\":1"));
        Gen<string>[] members = [.. known, .. unknown];
        var inOrder = members.Aggregate(
            Gen.Constant<string[]>([]), (all, member) => from before in all from one in member select (string[])[.. before, one]);
        var some = inOrder.SelectMany(all => Gen.SubListOf(all)).Select(all => all.ToArray());
        var shuffled = inOrder.SelectMany(all => Gen.Shuffle(all));
        var more = from all in inOrder from name in Name select (string[])[.. all, $"\"{name}\":1"];
        return Gen.Frequency((4, inOrder), (2, some), (2, shuffled), (2, more)).Select(all => $"{{{string.Join(',', all)}}}");
    }
}
