using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ToolService.Core.Schema;

namespace ToolService.Core.Tests.Schema;

/// <summary>What one draft says in its words and another in its own is the same schema.</summary>
public class DraftPropertyTests
{
    private static readonly SchemaOptions Draft07 = new() { Draft = SchemaDraft.Draft07 };
    private static readonly SchemaOptions Draft201909 = new() { Draft = SchemaDraft.Draft201909 };

    [Fact]
    public void Schemas_in_the_words_of_each_draft_agree()
    {
        var cases = from schema in Schema(3) from instance in Instance(3) select (schema, instance);

        Prop.ForAll(Arb.From(cases), pair => Agree(pair.schema, Json.Parse(pair.instance)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static bool Agree((string Old, string New) schema, JsonElement instance)
    {
        var expected = Json.Compile(schema.New).IsValid(instance);
        return Json.Compile(schema.Old, Draft07).IsValid(instance) == expected
            && Json.Compile(schema.Old, Draft201909).IsValid(instance) == expected;
    }

    private static Gen<(string Old, string New)> Schema(int depth) =>
        from keywords in Keyword(depth).ListOf(2).Select(keywords => keywords.DistinctBy(keyword => keyword.Old.Split(':')[0]).ToList())
        select (
            $"{{{string.Join(',', keywords.Select(keyword => keyword.Old))}}}",
            $"{{{string.Join(',', keywords.Select(keyword => keyword.New))}}}");

    private static Gen<(string Old, string New)> Keyword(int depth)
    {
        var plain = Gen.Elements(
                "\"type\":\"integer\"", "\"type\":[\"array\",\"object\"]", "\"minItems\":2", "\"required\":[\"a\"]", "\"const\":1")
            .Select(keyword => (keyword, keyword));
        if (depth == 0)
            return plain;

        var schema = Schema(depth - 1);
        var list = from first in schema
                   from rest in schema
                   select ($"\"items\":[{first.Old}],\"additionalItems\":{rest.Old}", $"\"prefixItems\":[{first.New}],\"items\":{rest.New}");
        var names = Gen.Constant(("\"dependencies\":{\"a\":[\"b\"]}", "\"dependentRequired\":{\"a\":[\"b\"]}"));
        var dependent = schema.Select(then => ($"\"dependencies\":{{\"a\":{then.Old}}}", $"\"dependentSchemas\":{{\"a\":{then.New}}}"));
        var same = from name in Gen.Elements("not", "contains", "additionalProperties", "if", "else", "then")
                   from value in schema
                   select ($"\"{name}\":{value.Old}", $"\"{name}\":{value.New}");
        return Gen.Frequency((2, plain), (2, list), (1, names), (1, dependent), (2, same));
    }

    private static Gen<string> Instance(int depth)
    {
        var scalar = Gen.Elements("1", "2", "\"a\"", "null");
        return depth == 0 ? scalar : Gen.Frequency(
            (1, scalar),
            (2, Instance(depth - 1).ListOf(2).Select(items => $"[{string.Join(',', items)}]")),
            (2, from name in Gen.Elements("a", "b") from value in Instance(depth - 1) select $"{{\"{name}\":{value}}}"),
            (1, from a in Instance(depth - 1) from b in Instance(depth - 1) select $"{{\"a\":{a},\"b\":{b}}}"));
    }
}
