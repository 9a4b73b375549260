using System.Net;
using System.Text.Json;

namespace ToolService.Api.Tests.Hosting;

public class DocumentationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_operation_has_a_summary_a_success_and_its_problems()
    {
        var document = await GetAsync();

        foreach (var path in document.GetProperty("paths").EnumerateObject())
            foreach (var operation in path.Value.EnumerateObject())
            {
                var name = $"{operation.Name} {path.Name}";
                Assert.True(operation.Value.TryGetProperty("summary", out var summary) && summary.GetString()!.Length > 10, $"{name} has no summary.");
                Assert.True(operation.Value.TryGetProperty("tags", out _), $"{name} has no tag.");
                var responses = operation.Value.GetProperty("responses").EnumerateObject().Select(response => response.Name).ToList();
                Assert.True(responses.Any(status => status[0] == '2'), $"{name} has no success.");
                string[] expected = operation.Value.TryGetProperty("security", out _) ? ["401", "403", "500"] : ["403", "500"];
                Assert.True(expected.All(responses.Contains), $"{name} answers {string.Join(", ", responses)} only.");
            }
    }

    [Fact]
    public async Task Problems_refer_to_responses_that_are_there()
    {
        var document = await GetAsync();
        var responses = document.GetProperty("components").GetProperty("responses");

        foreach (var path in document.GetProperty("paths").EnumerateObject())
            foreach (var operation in path.Value.EnumerateObject())
                foreach (var response in operation.Value.GetProperty("responses").EnumerateObject())
                    if (response.Value.TryGetProperty("$ref", out var reference))
                        Assert.True(responses.TryGetProperty(reference.GetString()!.Split('/')[^1], out _), reference.GetString());
    }

    [Fact]
    public async Task Tool_says_where_it_tells_how_its_schema_was_read()
    {
        var operation = (await GetAsync()).GetProperty("paths").GetProperty("/v1/tools/{name}").GetProperty("get");

        Assert.Contains("`schema_changes`", operation.GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schemas_have_the_names_and_descriptions_of_the_wire()
    {
        var schema = (await GetAsync()).GetProperty("components").GetProperty("schemas").GetProperty("health_status");

        Assert.Equal("That the service works.", schema.GetProperty("description").GetString());
        Assert.StartsWith("How many tools there are", schema.GetProperty("properties").GetProperty("tools_count").GetProperty("description").GetString());
    }

    [Fact]
    public async Task Both_ways_to_send_a_key_are_described()
    {
        var schemes = (await GetAsync()).GetProperty("components").GetProperty("securitySchemes");

        Assert.Equal("bearer", schemes.GetProperty("bearer").GetProperty("scheme").GetString());
        Assert.Equal("X-Api-Key", schemes.GetProperty("api_key").GetProperty("name").GetString());
    }

    [Fact]
    public async Task Root_leads_to_the_ui_and_the_ui_to_the_document()
    {
        await using var service = await TestService.StartAsync();

        using var page = await service.Client.GetAsync("/", Cancellation);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("/swagger/index.html", page.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains("/openapi/v1.json", await service.Client.GetStringAsync("/swagger/index.js", Cancellation));
    }

    private static async Task<JsonElement> GetAsync()
    {
        await using var service = await TestService.StartAsync();
        return JsonDocument.Parse(await service.Client.GetStringAsync("/openapi/v1.json", Cancellation)).RootElement;
    }
}
