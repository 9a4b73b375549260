using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;

namespace ToolService.Api.Tests.Hosting;

public class StrictJsonTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bodies_are_snake_case_both_ways()
    {
        await using var service = await StartAsync();
        using var response = await PostAsync(service, """{"item":"a","size":"extra_large","lines":[{"product_name":"b"}]}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            """{"item":"a","count":1,"size":"extra_large","lines":[{"product_name":"b"}]}""", await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData("""{"item":"a","cuont":2}""", "/cuont", "additionalProperties", "'cuont' is not a member here; expected item, count, size, lines, extra.")]
    [InlineData("""{"item":"a","Item":"b"}""", "/Item", "additionalProperties", "'Item' is not a member here; expected item, count, size, lines, extra.")]
    [InlineData("""{"item":"a","item":"b"}""", "/item", "uniqueProperties", "'item' appears more than once.")]
    [InlineData("""{"item":"a","extra":{"x":1,"x":2}}""", "/extra", "uniqueProperties", "'x' appears more than once.")]
    [InlineData("""{"count":1}""", "", "required", "missing 'item'.")]
    [InlineData("""{"item":"a","count":"1"}""", "/count", "type", "'count' must be an integer.")]
    [InlineData("""{"item":"a","count":1.5}""", "/count", "type", "'count' must be an integer.")]
    [InlineData("""{"item":null}""", "/item", "type", "'item' must be a string.")]
    [InlineData("""{"item":"a","size":"huge"}""", "/size", "enum", "'size' must be one of small, extra_large.")]
    [InlineData("""{"item":"a","size":1}""", "/size", "enum", "'size' must be one of small, extra_large.")]
    [InlineData("""{"item":"a","lines":{}}""", "/lines", "type", "'lines' must be an array.")]
    [InlineData("""{"item":"a","lines":[{"product_name":"b"},{"name":"b"}]}""", "/lines/1/name", "additionalProperties", "'name' is not a member here; expected product_name.")]
    [InlineData("""{"item":"a","a/b~c":1}""", "/a~1b~0c", "additionalProperties", "'a/b~c' is not a member here; expected item, count, size, lines, extra.")]
    [InlineData("""{"item":"\ud800"}""", "/item", null, "'item' is not valid Unicode.")]
    [InlineData("""{"item":"\udc00\ud800"}""", "/item", null, "'item' is not valid Unicode.")]
    [InlineData(
        """{"item":"a","lines":[{"product_name":"\udc00"}]}""", "/lines/0/product_name", null, "'product_name' is not valid Unicode.")]
    [InlineData("[]", "", "type", "expected an object.")]
    [InlineData("\"text\"", "", "type", "expected an object.")]
    public async Task Body_of_another_form_is_a_400_that_says_where_and_what(string body, string pointer, string? keyword, string message)
    {
        await using var service = await StartAsync();

        var problem = await ProblemAssert.IsAsync(await PostAsync(service, body), HttpStatusCode.BadRequest, "invalid_request");

        var error = Assert.Single(problem.GetProperty("errors").EnumerateArray());
        Assert.Equal((pointer, keyword, message), (Text(error, "pointer"), Text(error, "keyword"), Text(error, "message")));
    }

    [Theory]
    [InlineData("{\"item\":", "line 1, byte 9")]
    [InlineData("{\n\"item\": oops}", "line 2, byte 9")]
    [InlineData("{\"item\":\"a\",}", "line 1, byte 13")]
    [InlineData("{\"item\":\"a\"} // done", "line 1, byte 14")]
    [InlineData("{\"item\":\"a\"} {}", "line 1, byte 14")]
    public async Task Body_that_is_not_json_is_a_400_that_says_where(string body, string expected)
    {
        await using var service = await StartAsync();

        var problem = await ProblemAssert.IsAsync(await PostAsync(service, body), HttpStatusCode.BadRequest, "malformed_json");

        Assert.Contains(expected, Text(problem, "detail"));
    }

    [Theory]
    [InlineData(65)]
    [InlineData(10_000)]
    public async Task Too_deep_a_body_is_a_400(int depth)
    {
        await using var service = await StartAsync();
        var body = $$"""{"item":"a","extra":{{string.Concat(Enumerable.Repeat('[', depth))}}{{string.Concat(Enumerable.Repeat(']', depth))}}}""";

        var problem = await ProblemAssert.IsAsync(await PostAsync(service, body), HttpStatusCode.BadRequest, "malformed_json");

        Assert.Contains("depth of 64", Text(problem, "detail"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    public async Task Missing_body_is_a_400(string body)
    {
        await using var service = await StartAsync();

        var problem = await ProblemAssert.IsAsync(await PostAsync(service, body), HttpStatusCode.BadRequest, "invalid_request");

        Assert.Equal("The request needs a JSON body.", Text(problem, "detail"));
    }

    private static Task<TestService> StartAsync() => TestService.StartAsync(map: app => app.MapPost("/orders", (Order order) => order));

    private static Task<HttpResponseMessage> PostAsync(TestService service, string body) =>
        service.Client.PostAsync("/orders", new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
