using ToolService.Core.Tools.Http.Operations;

namespace ToolService.Core.Tests.Tools.OpenApi;

public class OpenApiParametersTests
{
    [Theory]
    [InlineData("query", "", ParameterStyle.Form, true)]
    [InlineData("query", """, "explode":false""", ParameterStyle.Form, false)]
    [InlineData("query", """, "style":"spaceDelimited" """, ParameterStyle.SpaceDelimited, false)]
    [InlineData("query", """, "style":"pipeDelimited","explode":true""", ParameterStyle.PipeDelimited, true)]
    [InlineData("query", """, "style":"deepObject","explode":true""", ParameterStyle.DeepObject, true)]
    [InlineData("header", "", ParameterStyle.Simple, false)]
    [InlineData("header", """, "explode":true""", ParameterStyle.Simple, true)]
    [InlineData("cookie", "", ParameterStyle.Form, true)]
    [InlineData("path", "", ParameterStyle.Simple, false)]
    [InlineData("path", """, "style":"label","explode":true""", ParameterStyle.Label, true)]
    [InlineData("path", """, "style":"matrix" """, ParameterStyle.Matrix, false)]
    public void Style_is_what_the_document_says_or_the_standard(string place, string more, ParameterStyle style, bool explode)
    {
        var tool = ApiText.One(ApiText.WithOperation(
            $$"""{"parameters":[{"name":"p","in":"{{place}}","schema":{"type":"array"} {{more}} }]}""", path: place == "path" ? "/pets/{p}" : "/pets"));

        Assert.Equal(
            new HttpParameter("p", "p", Enum.Parse<HttpPlace>(place, ignoreCase: true)) { Style = style, Explode = explode },
            Assert.Single(tool.Http.Parameters));
    }

    [Theory]
    [InlineData("csv", ParameterStyle.Form, false)]
    [InlineData("multi", ParameterStyle.Form, true)]
    [InlineData("ssv", ParameterStyle.SpaceDelimited, false)]
    [InlineData("pipes", ParameterStyle.PipeDelimited, false)]
    public void Collection_format_of_swagger_is_a_style(string format, ParameterStyle style, bool explode)
    {
        var tool = ApiText.One($$"""
            {"swagger":"2.0","host":"api.example.com","basePath":"/v2","schemes":["http","https"],"paths":{"/pets":{"get":{"parameters":[
              {"name":"p","in":"query","type":"array","items":{"type":"string"},"collectionFormat":"{{format}}"}]} } } }
            """);

        Assert.Equal(new HttpParameter("p", "p", HttpPlace.Query) { Style = style, Explode = explode }, Assert.Single(tool.Http.Parameters));
        Assert.Equal("https://api.example.com/v2/pets", tool.Http.Url);
        ApiText.AssertJson(
            """{"type":"object","properties":{"p":{"type":"array","items":{"type":"string"}}},"additionalProperties":false}""", tool.InputSchema);
    }

    [Fact]
    public void Content_of_a_parameter_is_written_as_json()
    {
        var tool = ApiText.One(ApiText.WithOperation(
            """{"parameters":[{"name":"filter","in":"query","content":{"application/json":{"schema":{"type":"object"}}}}]}"""));

        Assert.Equal(new HttpParameter("filter", "filter", HttpPlace.Query) { AsJson = true }, Assert.Single(tool.Http.Parameters));
    }

    [Fact]
    public void Own_parameter_takes_the_place_of_that_of_the_path()
    {
        var tool = ApiText.One(ApiText.Of("""
            {"/pets":{"parameters":[{"name":"a","in":"query","schema":{"type":"string"}},{"name":"b","in":"query","schema":{"type":"string"}}],
              "get":{"parameters":[{"name":"a","in":"query","required":true,"schema":{"type":"integer"}}]}}}
            """));

        ApiText.AssertJson(
            """
            {"type":"object","properties":{"b":{"type":"string"},"a":{"type":"integer"}},"required":["a"],"additionalProperties":false}
            """,
            tool.InputSchema);
    }

    [Fact]
    public void Names_that_occur_in_several_places_are_told_apart()
    {
        var tool = ApiText.One(ApiText.WithOperation(
            """
            {"parameters":[{"name":"id","in":"cookie","schema":{}},{"name":"id","in":"query","schema":{}},{"name":"body","in":"query","schema":{}},
              {"name":"id","in":"path","required":true,"schema":{}},{"name":"id","in":"header","schema":{}}],
             "requestBody":{"content":{"application/json":{"schema":{}}}}}
            """,
            "post", "/pets/{id}"));

        Assert.Equal(
            ["id Path", "id_query Query", "body Query", "id_header Header", "id_cookie Cookie"],
            tool.Http.Parameters.Select(parameter => $"{parameter.Argument} {parameter.Place}"));
        Assert.Equal("body_request", tool.Http.Body?.Argument);
    }

    [Fact]
    public void Name_that_providers_refuse_is_made_valid()
    {
        var tool = ApiText.One(ApiText.WithOperation(
            """
            {"parameters":[{"name":"filter[name]","in":"query","schema":{}},{"name":"$top","in":"query","schema":{}},
              {"name":"größe","in":"query","schema":{}},{"name":"[]","in":"query","schema":{}},{"name":"filter(name)","in":"query","schema":{}}]}
            """));

        Assert.Equal(
            ["filter_name=filter[name]", "top=$top", "gr_e=größe", "query=[]", "filter_name_query=filter(name)"],
            tool.Http.Parameters.Select(parameter => $"{parameter.Argument}={parameter.Name}"));
    }

    [Fact]
    public void Headers_that_the_client_decides_are_no_arguments()
    {
        var names = (string[])["accept", "Content-Type", "AUTHORIZATION", "Host", "Transfer-Encoding", "X-Trace"];
        var tool = ApiText.One(ApiText.WithOperation(
            $$"""{"parameters":[{{string.Join(',', names.Select(name => $$"""{"name":"{{name}}","in":"header","required":true,"schema":{} }"""))}}]}"""));

        Assert.Equal(["X-Trace"], tool.Http.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void Path_parameter_that_nobody_declared_is_a_required_text()
    {
        var tool = ApiText.One(ApiText.WithOperation("{}", path: "/pets/{pet-id}"));

        Assert.Equal(new HttpParameter("pet-id", "pet-id", HttpPlace.Path), Assert.Single(tool.Http.Parameters));
        ApiText.AssertJson(
            """{"type":"object","properties":{"pet-id":{"type":"string"}},"required":["pet-id"],"additionalProperties":false}""", tool.InputSchema);
    }

    [Fact]
    public void Parameter_says_more_than_the_schema_that_it_shares()
    {
        var tool = ApiText.One(ApiText.WithOperation(
            """{"parameters":[{"name":"a","in":"query","description":"Which.","deprecated":true,"schema":{"$ref":"#/components/schemas/Id"}}]}""",
            more: """ "components":{"schemas":{"Id":{"type":"string","description":"An id."}}}"""));

        ApiText.AssertJson(
            """
            {"type":"object","properties":{"a":{"description":"Which.","deprecated":true,"$ref":"#/$defs/Id"}},"additionalProperties":false,
             "$defs":{"Id":{"type":"string","description":"An id."}}}
            """,
            tool.InputSchema);
    }

    [Theory]
    [InlineData("""{"name":"a","in":"body","schema":{}}""", "A parameter in 'body' is not supported.")]
    [InlineData("""{"name":"a","in":"querystring","content":{}}""", "A parameter in 'querystring' is not supported.")]
    [InlineData("""{"in":"query","schema":{}}""", "'name' must be a string, got nothing.")]
    [InlineData("""{"name":"a","in":"query","style":"matrix","schema":{}}""", "The style 'matrix' has no meaning in the query.")]
    [InlineData("""{"name":"a b","in":"header","schema":{}}""", "'a b' cannot be the name of a header.")]
    [InlineData("""{"name":"a","in":"path","schema":{}}""", "The path has no '{a}' for the path parameter of that name.")]
    [InlineData("""{"name":"a","in":"query","schema":"x"}""", "A schema must be an object, got the string \"x\".")]
    [InlineData("""{"name":"a","in":"query","content":{}}""", "A parameter's 'content' must have one content type.")]
    [InlineData("""{"name":"b","in":"query","schema":{}},{"name":"b","in":"query"}""", "The query parameter 'b' is listed twice, and differently.")]
    [InlineData("7", "A parameter must be an object, got the number 7.")]
    public void Operation_whose_parameters_cannot_be_sent_is_skipped(string parameters, string reason) => Assert.StartsWith(
        reason, ApiText.Reason(ApiText.WithOperation($$"""{"parameters":[{{parameters}}]}""")), StringComparison.Ordinal);

    [Theory]
    [InlineData("/pets?x={id}")]
    [InlineData("/pets/{id")]
    [InlineData("/pets/{}/x")]
    [InlineData("/pets\\n/x")]
    public void Operation_whose_path_cannot_be_sent_is_skipped(string path) => Assert.Contains(
        "path", ApiText.Reason(ApiText.WithOperation("{}", path: path)), StringComparison.Ordinal);

    [Fact]
    public void Key_that_a_secret_fills_is_no_argument()
    {
        var tool = ApiText.One(ApiText.WithOperation(
            """{"security":[{"k":[]}],"parameters":[{"name":"key","in":"query","required":true,"schema":{}},{"name":"q","in":"query","schema":{}}]}""",
            more: """ "components":{"securitySchemes":{"k":{"type":"apiKey","in":"query","name":"key"}}}"""));

        Assert.Equal(["q"], tool.Http.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(new HttpConstant(HttpPlace.Query, "key", "${secret:K}"), Assert.Single(tool.Http.Constants));
    }
}
