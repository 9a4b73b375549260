using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Http.Operations;
using ToolService.Core.Tools.OpenApi;
using ToolService.Core.Tools.OpenApi.Reading;

namespace ToolService.Core.Tests.Tools.OpenApi;

public partial class OpenApiPropertyTests
{
    private static readonly string[] Texts =
    [
        "id", "ID", "body", "filter[name]", "$top", "a b", "é", "日本", "", "x-y", "true", "null", "~", "1", "1.50", "0x1F", "0o7", "yes",
        "2001-01-01", "- a", "a: b", "a #b", "#", "'", "\"", "\\", "line\nbreak", " lead", "trail ", "\t", "[", "{", "*a", "&a", "!x", "|", ">",
        "%", "@", "`", "<<", "? a", "...", "---",
        "\u0001", "\u0085", "\u2028", "😀", "\uFEFF", "a,b", ".inf", "-", "+1", ".",
    ];

    [Fact]
    public void Any_parameters_give_unique_names_that_providers_take_and_a_tool()
    {
        var planned = 0;
        Check(Operations(), operation =>
        {
            var plan = ApiText.Plan(ApiText.Of($$"""{"/x/{id}":{"post":{{operation.ToJsonString()}} } }"""), new OpenApiImportOptions { Prefix = "p" });
            if (plan.Operations is not [var tool])
                return plan.Skipped is [{ Reason.Length: > 0 }];

            planned++;
            List<string> arguments = [.. tool.Http.Parameters.Select(parameter => parameter.Argument)];
            if (tool.Http.Body?.Argument is { } body)
                arguments.Add(body);
            _ = new Tool(new DefinedTool(tool.Name, tool.InputSchema.GetRawText()), tool.Policy);
            return arguments.Distinct(StringComparer.Ordinal).Count() == arguments.Count
                && arguments.TrueForAll(name => Name().IsMatch(name))
                && arguments.ToHashSet().SetEquals(tool.InputSchema.GetProperty("properties").EnumerateObject().Select(property => property.Name))
                && tool.Http.Parameters.Where(parameter => parameter.Place == HttpPlace.Path).Select(parameter => parameter.Name).SequenceEqual(["id"]);
        });

        Assert.True(planned > 100, $"{planned} were planned.");
    }

    [Fact]
    public void Any_value_written_as_yaml_reads_as_it_does_from_json() => Check(
        from value in Value(4)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select (value, seed),
        sample =>
        {
            var document = new JsonObject { ["openapi"] = "3.1.0", ["x"] = sample.value?.DeepClone() };
            var json = Read(document.ToJsonString());
            var yaml = YamlText.Of(document, sample.seed);
            return JsonElement.DeepEquals(json, Read(yaml)) ? true : throw new InvalidOperationException(yaml);
        });

    [Fact]
    public void Any_document_gives_the_same_plan_from_yaml_as_from_json() => Check(
        from operation in Operations()
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select (operation, seed),
        sample =>
        {
            var document = JsonNode.Parse(ApiText.Of($$"""{"/x/{id}":{"post":{{sample.operation.ToJsonString()}} } }"""))!;
            return Shown(ApiText.Plan(document.ToJsonString())) == Shown(ApiText.Plan(YamlText.Of(document, sample.seed)));
        });

    [Fact]
    public void Any_garbage_is_read_or_refused() => Check(
        from text in Gen.Elements(YamlText.Of(JsonNode.Parse(ApiText.WithOperation("""{"tags":["a"],"summary":"b: c"}"""))!, 1), ApiText.WithOperation("{}"))
        from cuts in Gen.ListOf(from at in Gen.Choose(0, 400) from put in Gen.Elements(Texts) select (at, put))
        select cuts.Take(6).Aggregate(text, (broken, cut) => broken.Insert(Math.Min(cut.at, broken.Length), cut.put)),
        text =>
        {
            try
            {
                ApiText.Plan(text);
                return true;
            }
            catch (OpenApiException e)
            {
                return e.Message.Length is > 0 and < 1_000;
            }
        });

    private static string Shown(ImportPlan plan) => string.Join('\n',
    [
        .. plan.Operations.Select(tool => string.Join(
            ' ', [tool.Name, tool.Description, tool.InputSchema.GetRawText(), .. tool.Http.Parameters.Select(parameter => parameter.ToString()),
                tool.Http.Body?.ContentType])),
        .. plan.Skipped.Select(skipped => skipped.ToString()),
    ]);

    private static JsonElement Read(string text) => DocumentText.Read(text, OpenApiLimits.MaxBytes, TestContext.Current.CancellationToken);

    private static void Check<T>(Gen<T> generator, Func<T, bool> property) =>
        Prop.ForAll(Arb.From(generator), property).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static Gen<string> Text() =>
        Gen.OneOf(Gen.Elements(Texts), from parts in Gen.ListOf(Gen.Elements(Texts)) select string.Concat(parts.Take(3)));

    private static Gen<JsonObject> Operations() =>
        from parameters in Gen.ListOf(Parameter())
        from body in Gen.Elements<string?>(null, "application/json", "multipart/form-data", "text/plain")
        from summary in Text()
        select Operation([.. parameters.Take(8).DistinctBy(parameter => $"{parameter["in"]} {parameter["name"]}")], body, summary);

    private static JsonObject Operation(JsonNode[] parameters, string? body, string summary)
    {
        var operation = new JsonObject { ["summary"] = summary, ["parameters"] = new JsonArray([.. parameters.Select(parameter => parameter.DeepClone())]) };
        if (body is not null)
            operation["requestBody"] = new JsonObject { ["content"] = new JsonObject { [body] = new JsonObject() } };
        return operation;
    }

    private static Gen<JsonNode> Parameter() =>
        from name in Text()
        from place in Gen.Elements("query", "query", "header", "cookie")
        from style in Gen.Elements<string?>(null, null, "form", "simple")
        from explode in Gen.Elements(true, false)
        from schema in Gen.Elements("""{"type":"string"}""", """{"type":"array","items":{"type":"integer"}}""", "{}", """{"enum":[1,"1",null]}""")
        select (JsonNode)new JsonObject
        {
            ["name"] = name.Length == 0 ? "e" : place == "query" || name.All(char.IsAsciiLetterOrDigit) ? name : "X" + name.Length.ToString(CultureInfo.InvariantCulture),
            ["in"] = place,
            ["style"] = (place, style) is ("header", "form") or ("query" or "cookie", "simple") ? null : style,
            ["explode"] = explode,
            ["schema"] = JsonNode.Parse(schema),
        };

    private static Gen<JsonNode?> Value(int depth)
    {
        var scalar = Gen.OneOf(
            from text in Text() select (JsonNode?)JsonValue.Create(text),
            from number in Gen.Choose(-1000, 1000) select (JsonNode?)JsonValue.Create(number),
            Gen.Elements("null", "true", "false", "1.50", "-0.0", "1e300", "123456789012345678901234567890").Select(json => JsonNode.Parse(json)));
        if (depth == 0)
            return scalar;
        return Gen.OneOf(
            scalar,
            from items in Gen.ListOf(Value(depth - 1)) select (JsonNode?)new JsonArray([.. items.Take(4).Select(item => item?.DeepClone())]),
            from members in Gen.ListOf(from name in Text() from value in Value(depth - 1) select (name, value))
            select (JsonNode?)new JsonObject(members.Take(4).DistinctBy(member => member.name)
                .Select(member => KeyValuePair.Create(member.name, member.value?.DeepClone()))));
    }

    [GeneratedRegex(@"^[a-zA-Z0-9_.-]{1,64}\z")]
    private static partial Regex Name();
}
