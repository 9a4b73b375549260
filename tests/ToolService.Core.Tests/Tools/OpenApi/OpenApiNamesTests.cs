using ToolService.Core.Tools.OpenApi;

namespace ToolService.Core.Tests.Tools.OpenApi;

public class OpenApiNamesTests
{
    [Theory]
    [InlineData("""{"operationId":"listPets"}""", "listPets", "api_listPets")]
    [InlineData("""{"operationId":"find pet by id"}""", "find_pet_by_id", "api_find_pet_by_id")]
    [InlineData("""{"operationId":"repos/list-for-user"}""", "repos_list-for-user", "api_repos_list-for-user")]
    [InlineData("""{"operationId":"Größe"}""", "Gr_e", "api_Gr_e")]
    [InlineData("""{"operationId":"日本"}""", "get_pets_id", "api_get_pets_id")]
    [InlineData("{}", "get_pets_id", "api_get_pets_id")]
    public void Name_is_that_of_the_operation_or_of_its_path(string operation, string name, string prefixed)
    {
        var text = ApiText.WithOperation(operation, path: "/pets/{id}");

        Assert.Equal(name, ApiText.One(text).Name);
        Assert.Equal(prefixed, ApiText.One(text, new OpenApiImportOptions { Prefix = "api" }).Name);
    }

    [Fact]
    public void Long_names_are_cut_and_stay_unique()
    {
        var paths = string.Join(',', Enumerable.Range(0, 3).Select(i => $$"""  "/{{new string('a', 100)}}{{i}}":{"get":{} }  """));

        var names = ApiText.Plan(ApiText.Of($"{{{paths}}}")).Operations.Select(tool => tool.Name).ToList();

        Assert.Equal(3, names.Distinct().Count());
        Assert.All(names, name => Assert.Equal(64, name.Length));
    }

    [Fact]
    public void Names_depend_neither_on_order_nor_on_selection()
    {
        var paths = (string[])[
            """ "/a":{"get":{"operationId":"x"},"put":{"operationId":"X"}} """, """ "/b":{"get":{"operationId":"x"}} """,
            """ "/c d":{"get":{}} """, """ "/c/d":{"get":{}} """, """ "/e":{"get":{"operationId":"y"}} """,
        ];

        var there = Names(ApiText.Of($"{{{string.Join(',', paths)}}}"));
        var back = Names(ApiText.Of($"{{{string.Join(',', paths.Reverse())}}}"));
        var some = Names(ApiText.Of($"{{{string.Join(',', paths)}}}"), new OpenApiImportOptions { Include = new OpenApiFilter { Methods = ["put"] } });

        Assert.Equal(there.Order(), back.Order());
        Assert.Equal(6, there.Select(name => name.Split(' ')[0]).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Contains("y GET /e", there);
        Assert.Contains(Assert.Single(some), there);
    }

    [Theory]
    [InlineData("call")]
    [InlineData("Register")]
    public void Names_that_are_parts_of_urls_get_an_ending(string operationId) =>
        Assert.Matches($"^{operationId}_[0-9a-f]{{8}}$", ApiText.One(ApiText.WithOperation($$"""{"operationId":"{{operationId}}"}""")).Name);

    [Theory]
    [InlineData("a b")]
    [InlineData("é")]
    [InlineData("123456789012345678901234567890123")]
    public void Prefix_that_is_no_part_of_a_name_is_refused(string prefix) => Assert.StartsWith(
        $"The prefix '{prefix}' must be",
        ApiText.Fault(ApiText.WithOperation("{}"), new OpenApiImportOptions { Prefix = prefix }),
        StringComparison.Ordinal);

    private static List<string> Names(string text, OpenApiImportOptions? options = null) =>
        [.. ApiText.Plan(text, options).Operations.Select(tool => $"{tool.Name} {tool.Method} {tool.Path}")];
}
