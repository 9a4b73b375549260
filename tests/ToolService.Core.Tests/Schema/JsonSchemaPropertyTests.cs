using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ToolService.Core.Schema;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Tests.Schema;

public class JsonSchemaPropertyTests
{
    private static readonly Gen<string> Name = Gen.Elements("a", "b", "c", "\\u0061", "", "a b", "é");

    private static readonly Gen<string> Scalar = Gen.Elements(
        "null", "true", "false", "0", "-0", "1", "1.0", "2", "-3", "0.5", "1e2", "1e400", "12345678901234567890123", "\"\"", "\"a\"", "\"\\u0061\"", "\"ab\"", "\"🐲\"", "\"\\ud800\"");

    [Fact]
    public void Verdict_and_errors_agree_on_generated_schemas_and_instances() => Check(
        from schema in Schema(3)
        from instance in Instance(3)
        select (schema, instance),
        pair =>
        {
            var compiled = Json.Compile(pair.schema);
            var instance = Json.Parse(pair.instance);
            return compiled.IsValid(instance) == (compiled.CollectErrors(instance).Count == 0);
        });

    [Fact]
    public void Verdict_is_the_same_on_an_index_made_anew() => Check(
        from schema in Schema(3)
        from instance in Instance(3)
        select (schema, instance),
        pair =>
        {
            var compiled = Json.Compile(pair.schema);
            return compiled.IsValid(Json.Parse(pair.instance)) == compiled.IsValid(JsonIndexer.Index(Encoding.UTF8.GetBytes(pair.instance)));
        });

    [Fact]
    public void Verdict_is_the_same_in_generated_code() => Check(
        from schema in Schema(4)
        from instances in Instance(3).ListOf(8)
        select (schema, instances),
        pair =>
        {
            var (compiled, generated) = (Json.Compile(pair.schema), Json.Compile(pair.schema));
            generated.Generate();
            return pair.instances.All(text =>
            {
                var instance = Json.Parse(text);
                return generated.IsValid(instance) == (compiled.CollectErrors(instance).Count == 0);
            });
        });

    [Fact]
    public void Verdict_on_what_is_unevaluated_is_the_same_in_generated_code() => Check(
        from keywords in Keyword(3).ListOf(4)
        from last in Gen.Elements("unevaluatedProperties", "unevaluatedItems")
        from rest in Gen.Frequency((3, Gen.Constant("false")), (1, Schema(1)))
        from instances in Instance(2).ListOf(8)
        let others = keywords.DistinctBy(keyword => keyword.Split(':')[0])
            .Where(keyword => !keyword.StartsWith($"\"{last}\"", StringComparison.Ordinal) && !keyword.StartsWith("\"type\"", StringComparison.Ordinal))
        select (schema: $"{{{string.Join(',', others.Append($"\"{last}\":{rest}"))}}}", instances),
        pair =>
        {
            var (compiled, generated) = (Json.Compile(pair.schema), Json.Compile(pair.schema));
            generated.Generate();
            return pair.instances.All(text =>
            {
                var instance = Json.Parse(text);
                return generated.IsValid(instance) == (compiled.CollectErrors(instance).Count == 0);
            });
        });

    [Fact]
    public void A_schema_and_its_negation_never_agree() => Check(
        from schema in Schema(2)
        from instance in Instance(2)
        select (schema, instance),
        pair => Json.Compile(pair.schema).IsValid(Json.Parse(pair.instance)) != Json.Compile($$"""{"not":{{pair.schema}} }""").IsValid(Json.Parse(pair.instance)));

    [Fact]
    public void A_value_is_its_own_constant_and_no_other_is() => Check(
        from left in Instance(3)
        from right in Instance(3)
        select (left, right),
        pair =>
        {
            var constant = Json.Compile($$"""{"const":{{pair.left}} }""");
            var twice = Json.Compile("""{"uniqueItems":true}""");
            return constant.IsValid(Json.Parse(pair.left))
                && constant.IsValid(Json.Parse(pair.right)) != twice.IsValid(Json.Parse($"[{pair.left},{pair.right}]"));
        });

    [Fact]
    public void Numbers_compare_and_divide_as_exact_fractions() => Check(
        from left in Number()
        from right in Number()
        select (left, right),
        pair =>
        {
            var (left, right) = (Json.Parse(pair.left), Json.Parse(pair.right));
            var (x, y) = (Scale(pair.left), Scale(pair.right));
            var divides = y.Sign <= 0 || Json.Compile($$"""{"multipleOf":{{pair.right}} }""").IsValid(left) == (x % y).IsZero;
            return divides && Math.Sign(JsonNumber.Parse(left).CompareTo(JsonNumber.Parse(right))) == x.CompareTo(y)
                && Math.Sign(JsonNumber.Compare(Encoding.UTF8.GetBytes(pair.left), Encoding.UTF8.GetBytes(pair.right))) == x.CompareTo(y);
        });

    [Fact]
    public void Bounds_are_exact() => Check(
        from number in Number()
        from bound in Number()
        select (number, bound),
        pair =>
        {
            var (x, y) = (Scale(pair.number), Scale(pair.bound));
            bool Allows(string keyword) => Json.Compile($$"""{"{{keyword}}":{{pair.bound}} }""").IsValid(Json.Parse(pair.number));
            return Allows("minimum") == x >= y && Allows("exclusiveMinimum") == x > y && Allows("maximum") == x <= y && Allows("exclusiveMaximum") == x < y;
        });

    [Fact]
    public void Length_is_in_code_points() => Check(
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get),
        text =>
        {
            var length = new StringBuilder(text).ToString().EnumerateRunes().Count();
            var schema = Json.Compile(string.Create(CultureInfo.InvariantCulture, $$"""{"minLength":{{length}},"maxLength":{{length}} }"""));
            return schema.IsValid(Json.Parse(Escaped(text))) && schema.IsValid(JsonSerializer.SerializeToElement(text));
        });

    [Fact]
    public void Any_pattern_compiles_or_is_refused() => Check(
        Gen.Elements("a", "\\d", "\\w", "\\W", "[", "]", "^", "$", "(", ")", "(?:", "(?=", "(?<n>", "\\k<n>", "\\1", "*", "+", "?", "{2}", "{2,", "}", "|", "\\", "\\u{1F432}", "-", "🐲", ".", "\\b", "\\p{L}", "\\P{Nd}", "\\cA", "\\x4")
            .ListOf().Select(string.Concat),
        pattern =>
        {
            var schema = JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["pattern"] = pattern });
            try
            {
                JsonSchema.Compile(schema).IsValid(Json.Parse("\"a🐲 1\""));
            }
            catch (JsonSchemaException e)
            {
                return e.Pointer == "/pattern";
            }

            return true;
        });

    private static void Check<T>(Gen<T> generator, Func<T, bool> property) =>
        Prop.ForAll(Arb.From(generator), property).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static string Escaped(string text) => $"\"{string.Concat(text.Select(c => $"\\u{(int)c:x4}"))}\"";

    /// <summary>The value times ten to the fortieth, which is whole for every generated number.</summary>
    private static BigInteger Scale(string number)
    {
        var parts = number.Split('e');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? 0 : parts[0].Length - point - 1;
        var exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        return BigInteger.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * BigInteger.Pow(10, 40 + exponent - decimals);
    }

    private static Gen<string> Number() =>
        from sign in Gen.Elements("", "-")
        from whole in Gen.Elements("0", "1", "3", "10", "25", "12345678901234567890", "99999999999999999999999999999")
        from fraction in Gen.Elements("", ".0", ".5", ".25", ".10", ".00000000000000000001")
        from exponent in Gen.Elements("", "e1", "e-3", "e20", "e-20")
        select sign + whole + fraction + exponent;

    private static Gen<string> Instance(int depth) => depth == 0
        ? Scalar
        : Gen.Frequency(
            (2, Scalar),
            (1, Instance(depth - 1).ListOf(3).Select(items => $"[{string.Join(',', items)}]")),
            (1, Instance(depth - 1).ListOf(2).Select(items => $"[{string.Join(',', items)}]")),
            (2, Object(Instance(depth - 1))));

    /// <summary>An object with different names: what a name given twice means is not the subject.</summary>
    private static Gen<string> Object(Gen<string> value) =>
        from names in Name.ListOf(3)
        from values in value.ListOf(3)
        select $"{{{string.Join(',', names.DistinctBy(name => name.Replace("\\u0061", "a", StringComparison.Ordinal)).Zip(values, (name, item) => $"\"{name}\":{item}"))}}}";

    private static Gen<string> Schema(int depth) =>
        from keywords in Keyword(depth).ListOf(3)
        select $"{{{string.Join(',', keywords.DistinctBy(keyword => keyword.Split(':')[0]))}}}";

    private static Gen<string> Keyword(int depth)
    {
        var plain = Gen.Elements(
            "\"type\":\"integer\"", "\"type\":[\"string\",\"null\"]", "\"type\":\"object\"", "\"minimum\":1", "\"maximum\":1e2", "\"multipleOf\":0.5", "\"minLength\":1",
            "\"maxLength\":1", "\"pattern\":\"^a\"", "\"minItems\":2", "\"uniqueItems\":true", "\"minProperties\":2", "\"required\":[\"a\",\"b\"]", "\"enum\":[1,\"a\",null,{\"a\":1}]",
            "\"const\":\"a\"", "\"dependentRequired\":{\"a\":[\"b\"]}");
        if (depth == 0)
            return plain;

        var schema = Schema(depth - 1);
        var one = from name in Gen.Elements(
                      "items", "contains", "additionalProperties", "propertyNames", "not", "unevaluatedProperties", "unevaluatedItems", "if", "then", "else")
                  from value in schema
                  select $"\"{name}\":{value}";
        var closed = Gen.Elements("\"additionalProperties\":false", "\"unevaluatedProperties\":false", "\"unevaluatedItems\":false", "\"items\":false");
        var list = from name in Gen.Elements("allOf", "anyOf", "oneOf", "prefixItems")
                   from values in schema.ListOf(2)
                   select $"\"{name}\":[{string.Join(',', values)}]";
        var map = from name in Gen.Elements("properties", "dependentSchemas", "patternProperties")
                  from value in schema
                  select $"\"{name}\":{{\"a\":{value}}}";
        return Gen.Frequency((3, plain), (3, one), (1, closed), (3, list), (2, map));
    }
}
