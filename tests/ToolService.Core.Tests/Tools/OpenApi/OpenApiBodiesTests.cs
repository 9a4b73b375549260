using ToolService.Core.Tools.Http.Operations;

namespace ToolService.Core.Tests.Tools.OpenApi;

public class OpenApiBodiesTests
{
    [Theory]
    [InlineData("application/json", "application/json")]
    [InlineData("application/xml application/x-www-form-urlencoded application/json", "application/json")]
    [InlineData("application/merge-patch+json text/plain", "application/merge-patch+json")]
    [InlineData("application/json; charset=utf-8", "application/json; charset=utf-8")]
    [InlineData("*/*", "application/json")]
    [InlineData("multipart/form-data application/x-www-form-urlencoded", "application/x-www-form-urlencoded")]
    [InlineData("application/xml multipart/form-data", "multipart/form-data")]
    [InlineData("application/xml text/csv", "text/csv")]
    [InlineData("text/*", "text/plain")]
    [InlineData("image/jpeg", "image/jpeg")]
    [InlineData("image/*", "application/octet-stream")]
    public void Content_type_that_is_written_best_is_sent(string declared, string sent)
    {
        var content = string.Join(',', declared.Replace("; ", ";", StringComparison.Ordinal).Split(' ')
            .Select(type => $$"""  "{{type.Replace(";", "; ", StringComparison.Ordinal)}}":{"schema":{"type":"object"} }  """));

        Assert.Equal(sent, ApiText.One(Body($$"""{"content":{ {{content}} } }""")).Http.Body?.ContentType);
    }

    [Fact]
    public void Body_is_one_argument_with_its_schema()
    {
        var tool = ApiText.One(Body(
            """{"required":true,"description":"The pet.","content":{"application/json":{"schema":{"type":"object","properties":{"name":{"type":"string"}}}}}}"""));

        Assert.Equal("body", tool.Http.Body?.Argument);
        ApiText.AssertJson(
            """
            {"type":"object","properties":{"body":{"description":"The pet.","type":"object","properties":{"name":{"type":"string"}}}},
             "required":["body"],"additionalProperties":false}
            """,
            tool.InputSchema);
    }

    [Fact]
    public void Text_body_is_a_string_whatever_it_means()
    {
        var tool = ApiText.One(Body("""{"content":{"application/xml":{"schema":{"type":"object","properties":{"a":{"type":"string"}}}}}}"""));

        ApiText.AssertJson(
            """
            {"type":"object","properties":{"body":{"description":"The body is sent as it is, as application/xml.","type":"string"}},
             "additionalProperties":false}
            """,
            tool.InputSchema);
    }

    [Fact]
    public void Files_in_a_multipart_form_are_base64()
    {
        var tool = ApiText.One(Body(
            """
            {"content":{"multipart/form-data":{
              "schema":{"allOf":[{"$ref":"#/components/schemas/Upload"},{"properties":{"more":{"type":"array","items":{"type":"string","format":"binary"}}}}]},
              "encoding":{"photo":{"contentType":"image/png, image/jpeg"},"about":{"contentType":"application/json"}}}}}
            """,
            """
            "components":{"schemas":{"Upload":{"type":"object","properties":{"photo":{"type":"string","format":"binary"},"about":{"type":"object"},
              "raw":{"type":"string","contentMediaType":"application/pdf"},"text":{"type":"string","contentEncoding":"base64"}}}}}
            """));

        var encodings = tool.Http.Body!.Encodings;
        Assert.Equal(new HttpFieldEncoding { IsFile = true, ContentType = "image/png" }, encodings["photo"]);
        Assert.Equal(new HttpFieldEncoding { ContentType = "application/json" }, encodings["about"]);
        Assert.Equal(new HttpFieldEncoding { IsFile = true }, encodings["more"]);
        Assert.Equal(new HttpFieldEncoding { IsFile = true }, encodings["raw"]);
        Assert.False(encodings.ContainsKey("text"));
        var properties = tool.InputSchema.GetProperty("$defs").GetProperty("Upload").GetProperty("properties");
        ApiText.AssertJson("""{"type":"string","contentEncoding":"base64"}""", properties.GetProperty("photo"));
    }

    [Fact]
    public void Fields_of_a_form_are_written_in_their_styles()
    {
        var tool = ApiText.One(Body("""
            {"content":{"application/x-www-form-urlencoded":{"schema":{"type":"object"},
              "encoding":{"a":{"style":"deepObject"},"b":{"explode":false},"c":{"style":"spaceDelimited"}}}}}
            """));

        var encodings = tool.Http.Body!.Encodings;
        Assert.Equal(new HttpFieldEncoding { Style = ParameterStyle.DeepObject }, encodings["a"]);
        Assert.Equal(new HttpFieldEncoding { Explode = false }, encodings["b"]);
        Assert.Equal(new HttpFieldEncoding { Style = ParameterStyle.SpaceDelimited, Explode = false }, encodings["c"]);
    }

    [Fact]
    public void Form_fields_of_swagger_are_one_body()
    {
        var tool = ApiText.One("""
            {"swagger":"2.0","host":"api.example.com","paths":{"/pets":{"post":{"consumes":["multipart/form-data"],"parameters":[
              {"name":"photo","in":"formData","type":"file","required":true,"description":"A picture."},
              {"name":"tags","in":"formData","type":"array","items":{"type":"string"},"collectionFormat":"pipes"}]}}}}
            """);

        Assert.Equal(("multipart/form-data", "body"), (tool.Http.Body?.ContentType, tool.Http.Body?.Argument));
        Assert.True(tool.Http.Body!.Encodings["photo"].IsFile);
        Assert.Equal(ParameterStyle.PipeDelimited, tool.Http.Body.Encodings["tags"].Style);
        ApiText.AssertJson(
            """
            {"type":"object","required":["body"],"additionalProperties":false,"properties":{"body":{"type":"object","required":["photo"],"properties":{
              "photo":{"type":"string","description":"A picture.","contentEncoding":"base64"},"tags":{"type":"array","items":{"type":"string"}}}}}}
            """,
            tool.InputSchema);
    }

    [Fact]
    public void Body_of_swagger_is_the_body_parameter()
    {
        var tool = ApiText.One("""
            {"swagger":"2.0","host":"api.example.com","consumes":["application/xml","application/json"],"definitions":{"Pet":{"type":"object"}},
             "paths":{"/pets":{"post":{"parameters":[{"name":"pet","in":"body","required":true,"schema":{"$ref":"#/definitions/Pet"}}]}}}}
            """);

        Assert.Equal("application/json", tool.Http.Body?.ContentType);
        ApiText.AssertJson(
            """
            {"type":"object","properties":{"body":{"$ref":"#/$defs/Pet"}},"required":["body"],"additionalProperties":false,"$defs":{"Pet":{"type":"object"}}}
            """,
            tool.InputSchema);
    }

    [Theory]
    [InlineData("""{"content":{"multipart/mixed":{}}}""", "'multipart/mixed' cannot be written; of multipart types only 'multipart/form-data' can.")]
    [InlineData("""{"content":{"no type":{}}}""", "'no type' is no content type.")]
    [InlineData("{}", "A request body must have 'content'.")]
    [InlineData("7", "A request body must be an object, got the number 7.")]
    [InlineData("""{"content":{"application/json":{"schema":[]}}}""", "A schema must be an object, got the array [].")]
    [InlineData("""{"content":{"application/x-www-form-urlencoded":{"encoding":{"a":{"style":"matrix"}}}}}""", "The style 'matrix' has no meaning in a form.")]
    public void Operation_whose_body_cannot_be_sent_is_skipped(string body, string reason) =>
        Assert.StartsWith(reason, ApiText.Reason(Body(body)), StringComparison.Ordinal);

    private static string Body(string body, string more = "") => ApiText.WithOperation($$"""{"requestBody":{{body}} }""", "post", more: more);
}
