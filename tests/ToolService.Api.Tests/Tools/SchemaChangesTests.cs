using System.Net;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using ToolService.Core.Tools;

namespace ToolService.Api.Tests.Tools;

public sealed class SchemaChangesTests
{
    [Fact]
    public async Task Tool_shows_how_its_schema_was_read_and_calls_are_held_to_that()
    {
        await using var service = await TestService.StartAsync();
        service.Services.GetRequiredService<ToolRegistry>().Replace("code", [new Tool(new Doubler())]);

        var tool = await service.Client.GetJsonAsync("/v1/tools/double");

        Assert.Equal(
            """[{"pointer":"/type","message":"\"dict\" is taken as \"object\"."},{"pointer":"/properties/x/type","message":"\"FLOAT\" is taken as \"number\"."}]""",
            tool.GetProperty("schema_changes").GetRawText());
        Assert.Equal("number", tool.GetProperty("input_schema").GetProperty("properties").GetProperty("x").Text("type"));
        Assert.Equal("number", (await service.Client.GetJsonAsync("/v1/tools/double/schema"))
            .GetProperty("function").GetProperty("parameters").GetProperty("properties").GetProperty("x").Text("type"));
        Assert.Equal(3, (await service.Client.CallAsync("double", """{"x":1.5}""")).GetProperty("result").GetDouble());
        Assert.Equal("invalid_arguments", (await service.Client.CallAsync("double", """{"x":"1.5"}""", HttpStatusCode.BadRequest)).Text("code"));
    }

    [Fact]
    public async Task Built_in_tools_are_written_to_the_standard()
    {
        await using var service = await TestService.StartAsync();

        var tools = (await service.Client.GetJsonAsync("/v1/tools")).EnumerateArray().ToList();

        Assert.NotEmpty(tools);
        Assert.DoesNotContain(tools, tool => tool.TryGetProperty("schema_changes", out _));
    }

    private sealed class Doubler : AIFunction
    {
        public override string Name => "double";

        public override JsonElement JsonSchema { get; } =
            JsonElement.Parse("""{"type":"dict","properties":{"x":{"type":"FLOAT"}},"required":["x"]}""");

        protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
            new(2 * ((JsonElement)arguments["x"]!).GetDouble());
    }
}
