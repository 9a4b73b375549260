using System.Diagnostics;
using ToolService.Core.Tools.OpenApi;

namespace ToolService.Core.Tests.Tools.OpenApi;

/// <summary>Documents that are meant to hang or to fill the memory. Each gives a plan or a reason.</summary>
public class OpenApiHostileTests
{
    private const string BodyOfS0 =
        """ "/x":{"post":{"requestBody":{"content":{"multipart/form-data":{"schema":{"$ref":"#/components/schemas/s0"}}}}}} """;

    [Fact]
    public void Thousands_of_operations_are_planned()
    {
        var text = GeneratedApis.Large(2_000);
        var watch = Stopwatch.StartNew();

        var plan = ApiText.Plan(text);

        TestContext.Current.TestOutputHelper?.WriteLine($"{text.Length:N0} characters in {watch.ElapsedMilliseconds:N0} ms");
        Assert.Equal(2_000, plan.Operations.Count);
        Assert.Equal(2_000, plan.Operations.Select(tool => tool.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Empty(plan.Skipped);
    }

    [Fact]
    public void Ten_thousand_operations_of_one_name_get_names_of_their_own()
    {
        var plan = ApiText.Plan(Paths(10_000, """{"get":{"operationId":"x"}}"""));

        Assert.Equal(10_000, plan.Operations.Select(tool => tool.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void More_operations_than_are_read_are_refused() => Assert.Equal(
        "The document has more than 20000 operations; split it.", ApiText.Fault(Paths(20_001, """{"get":{}}""")));

    [Fact]
    public void Operation_with_too_many_parameters_is_skipped()
    {
        var parameters = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $$"""{"name":"p{{i}}","in":"query"}"""));

        Assert.StartsWith(
            "There are 100000 parameters; at most 500 are read.",
            ApiText.Reason(GeneratedApis.Document($$""" "/x":{"get":{"parameters":[{{parameters}}]} } """)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Path_item_that_is_large_and_referred_to_from_everywhere_is_refused()
    {
        var parameters = string.Join(',', Enumerable.Range(0, 500).Select(i => $$"""{"name":"p{{i}}","in":"query"}"""));
        var text = GeneratedApis.Document(
            $$""" "/x":{"get":{"parameters":[{{parameters}}]} }, """
            + string.Join(',', Enumerable.Range(0, 19_000).Select(i => $$""" "/x{{i}}":{"$ref":"#/paths/~1x"} """)));

        Assert.StartsWith("The document's references lead to more than 200000000 bytes", ApiText.Fault(text), StringComparison.Ordinal);
    }

    [Fact]
    public void Schemas_shared_by_too_many_operations_are_bounded()
    {
        var plan = ApiText.Plan(GeneratedApis.Sharing(operations: 100, schemas: 200));

        Assert.InRange(plan.Operations.Sum(tool => (long)tool.InputSchema.GetRawText().Length), 10_000_000, OpenApiLimits.MaxPlanBytes);
        Assert.All(plan.Skipped, skipped => Assert.Contains("select fewer operations", skipped.Reason, StringComparison.Ordinal));
        Assert.Equal(100, plan.Operations.Count + plan.Skipped.Count);
    }

    [Fact]
    public void Operation_whose_schema_is_too_large_is_skipped() => Assert.StartsWith(
        "Its input schema would have more than 250000 bytes",
        ApiText.Reason(GeneratedApis.Sharing(operations: 1, schemas: 500)),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"$ref":"#/components/schemas/s{0}"}""", "through more than 100 others")]
    [InlineData("""{"required":["a"],"allOf":[{"$ref":"#/components/schemas/s{0}"},{"$ref":"#/components/schemas/s{0}"}]}""", "schemas apply to one value")]
    public void Chain_of_references_is_bounded(string schema, string reason)
    {
        var length = schema.Length < 50 ? 20_000 : 1_000;
        var schemas = string.Join(',', Enumerable.Range(0, length).Select(i =>
            $" \"s{i}\": {schema.Replace("{0}", $"{i + 1}", StringComparison.Ordinal)} "));

        Assert.Contains(reason, ApiText.Reason(GeneratedApis.Document(BodyOfS0, $$"""{{schemas}}, "s{{length}}":{}""")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" "/x":{"$ref":"#/paths/~1x"} """)]
    [InlineData(""" "/x":{"get":{"parameters":[{"$ref":"#/paths/~1x/get/parameters/0"}]}} """)]
    [InlineData(""" "/x":{"post":{"requestBody":{"$ref":"#/paths/~1x/post/requestBody"}}} """)]
    [InlineData(""" "/x":{"$ref":"#"} """)]
    public void References_that_lead_back_to_themselves_end(string paths)
    {
        var plan = ApiText.Plan(GeneratedApis.Document(paths));

        Assert.Empty(plan.Operations);
    }

    [Fact]
    public void Schemas_that_all_refer_to_each_other_stay_recursive()
    {
        var references = string.Join(',', Enumerable.Range(0, 50).Select(i => $$""" "r{{i}}":{"$ref":"#/components/schemas/s{{i}}"} """));
        var schemas = string.Join(',', Enumerable.Range(0, 50).Select(i => $$""" "s{{i}}":{"type":"object","properties":{ {{references}} } } """));

        var tool = ApiText.One(GeneratedApis.Document(BodyOfS0, schemas));

        Assert.Equal(50, tool.InputSchema.GetProperty("$defs").EnumerateObject().Count());
    }

    [Fact]
    public void Deep_schema_is_skipped() => Assert.Contains(
        "nests deeper than 128 levels",
        ApiText.Reason(GeneratedApis.Document(BodyOfS0, """ "s0": """ + string.Concat(Enumerable.Repeat("{\"not\":", 240)) + "{}" + new string('}', 240))),
        StringComparison.Ordinal);

    [Fact]
    public void Planning_stops_when_it_is_cancelled() => Assert.Throws<OperationCanceledException>(() => OpenApiImport.Plan(
        OpenApiDocument.Read(ApiText.WithOperation("{}"), cancellationToken: TestContext.Current.CancellationToken),
        new OpenApiImportOptions(),
        new CancellationToken(canceled: true)));

    private static string Paths(int count, string item) =>
        GeneratedApis.Document(string.Join(',', Enumerable.Range(0, count).Select(i => $"\"/a{i}\":{item}")));
}
