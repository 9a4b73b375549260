using ToolService.Core.Tools.OpenApi;

namespace ToolService.Core.Tests.Tools.OpenApi;

public class OpenApiImportTests
{
    private const string Many = """
        {"/pets":{"get":{"operationId":"listPets","tags":["Pets","read"]},"post":{"operationId":"addPet","tags":["pets"],"deprecated":true}},
         "/stores/{id}":{"delete":{"operationId":"dropStore","tags":["stores"]},"x-note":{},"summary":"Stores"},"x-more":{"get":{}}}
        """;

    [Theory]
    [InlineData("get", true, true, false)]
    [InlineData("head", true, true, false)]
    [InlineData("options", true, true, false)]
    [InlineData("put", false, true, false)]
    [InlineData("delete", false, true, true)]
    [InlineData("post", false, false, false)]
    [InlineData("patch", false, false, false)]
    [InlineData("query", true, true, false)]
    public void Method_says_what_the_tool_does(string method, bool readOnly, bool idempotent, bool destructive)
    {
        var policy = ApiText.One(ApiText.WithOperation("{}", method, version: "3.2.0")).Policy;

        Assert.Equal((readOnly, idempotent, destructive, true), (policy.ReadOnly, policy.Idempotent, policy.Destructive, policy.OpenWorld));
    }

    [Fact]
    public void Methods_beyond_the_usual_are_those_of_version_3_2()
    {
        const string Paths = """{"/x":{"additionalOperations":{"COPY":{},"CONNECT":{},"B AD":{}},"query":{},"trace":{}}}""";

        var plan = ApiText.Plan(ApiText.Of(Paths, version: "3.2.0"));

        Assert.Equal(["QUERY", "COPY"], plan.Operations.Select(tool => tool.Method));
        Assert.Equal(["TRACE", "CONNECT", "B AD"], plan.Skipped.Select(skipped => skipped.Method));
        Assert.Equal(["TRACE"], ApiText.Plan(ApiText.Of(Paths)).Skipped.Select(skipped => skipped.Method));
    }

    [Theory]
    [InlineData("""{"summary":"List pets","description":"All of them."}""", "List pets\n\nAll of them.")]
    [InlineData("""{"summary":"List pets"}""", "List pets")]
    [InlineData("""{"summary":"List pets","description":"List pets of one owner."}""", "List pets of one owner.")]
    [InlineData("""{"deprecated":true,"summary":"List pets"}""", "Deprecated. List pets")]
    [InlineData("""{"summary":7}""", "GET /pets")]
    public void Description_is_what_the_document_says(string operation, string description) =>
        Assert.Equal(description, ApiText.One(ApiText.WithOperation(operation)).Description);

    [Fact]
    public void Long_description_is_cut() =>
        Assert.Equal(2_000, ApiText.One(ApiText.WithOperation($$"""{"summary":"{{new string('a', 10_000)}}"}""")).Description.Length);

    [Theory]
    [InlineData("pets", "", "", "", "listPets addPet")]
    [InlineData("", "/stores/*", "", "", "dropStore")]
    [InlineData("", "/pets", "", "", "listPets addPet")]
    [InlineData("", "/PETS", "", "", "")]
    [InlineData("", "", "*pet*", "", "listPets addPet")]
    [InlineData("", "", "", "get delete", "listPets dropStore")]
    [InlineData("pets", "", "", "POST", "addPet")]
    public void Include_selects_what_matches_every_kind(string tags, string paths, string ids, string methods, string names)
    {
        var plan = ApiText.Plan(ApiText.Of(Many), new OpenApiImportOptions { Include = Filter(tags, paths, ids, methods) });

        Assert.Equal(names, string.Join(' ', plan.Operations.Select(tool => tool.Name)));
        Assert.All(plan.Skipped, skipped => Assert.Equal((false, "'include' does not select it."), (skipped.IsSelected, skipped.Reason)));
        Assert.Equal(3, plan.Operations.Count + plan.Skipped.Count);
    }

    [Theory]
    [InlineData("read", "", "", "", "addPet dropStore")]
    [InlineData("", "/stores/*", "", "POST", "listPets")]
    [InlineData("", "*", "", "", "")]
    public void Exclude_leaves_out_what_matches_any_kind(string tags, string paths, string ids, string methods, string names) => Assert.Equal(
        names,
        string.Join(' ', ApiText.Plan(ApiText.Of(Many), new OpenApiImportOptions { Exclude = Filter(tags, paths, ids, methods) })
            .Operations.Select(tool => tool.Name)));

    [Fact]
    public void Filter_that_is_too_large_is_refused()
    {
        var many = new OpenApiFilter { Paths = [.. Enumerable.Repeat("*", 101)] };
        var empty = new OpenApiFilter { Tags = [""] };

        Assert.StartsWith(
            "'include' has a list of 101 entries", ApiText.Fault(ApiText.Of(Many), new OpenApiImportOptions { Include = many }), StringComparison.Ordinal);
        Assert.StartsWith(
            "'' in 'exclude' must have", ApiText.Fault(ApiText.Of(Many), new OpenApiImportOptions { Exclude = empty }), StringComparison.Ordinal);
    }

    [Fact]
    public void Deprecated_operations_are_left_out_where_the_options_say_so()
    {
        var plan = ApiText.Plan(ApiText.Of(Many), new OpenApiImportOptions { IncludeDeprecated = false });

        Assert.Equal(new SkippedOperation("POST", "/pets", "addPet", "It is deprecated.", false), Assert.Single(plan.Skipped));
    }

    [Fact]
    public void One_operation_that_cannot_be_used_does_not_stop_the_others()
    {
        var plan = ApiText.Plan(ApiText.Of("""{"/a":{"get":7,"put":{}},"/b":{"$ref":"x.yaml"},"/c":7,"/d":{"get":{"parameters":7}},"/e":{"get":{}}}"""));

        Assert.Equal(["PUT /a", "GET /e"], plan.Operations.Select(tool => $"{tool.Method} {tool.Path}"));
        Assert.Equal(
            ["GET /a True", "* /b True", "* /c True", "GET /d True"],
            plan.Skipped.Select(skipped => $"{skipped.Method} {skipped.Path} {skipped.IsSelected}"));
    }

    [Theory]
    [InlineData("""{"openapi":"3.1.0","webhooks":{"x":{"post":{}}}}""")]
    [InlineData("""{"openapi":"3.1.0","paths":{}}""")]
    public void Document_without_operations_gives_an_empty_plan(string text)
    {
        var plan = ApiText.Plan(text);

        Assert.Empty(plan.Operations);
        Assert.Empty(plan.Skipped);
    }

    [Theory]
    [InlineData("[]", "'paths' must be an object")]
    [InlineData("""{"pets":{"get":{}}}""", "A path must begin with '/'")]
    public void Paths_that_are_none_are_refused(string paths, string message) =>
        Assert.StartsWith(message, ApiText.Fault(ApiText.Of(paths)), StringComparison.Ordinal);

    private static OpenApiFilter Filter(string tags, string paths, string ids, string methods) =>
        new() { Tags = Words(tags), Paths = Words(paths), OperationIds = Words(ids), Methods = Words(methods) };

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
