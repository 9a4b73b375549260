using System.Text.Json;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Mcp;

namespace ToolService.Core.Tests.Tools.Mcp;

/// <summary>Recordings of the reference servers, played back.</summary>
public class McpReplayTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("server-everything")]
    [InlineData("server-filesystem")]
    [InlineData("server-memory")]
    [InlineData("server-sequential-thinking")]
    public async Task Recorded_list_becomes_tools(string name)
    {
        var recorded = Read("servers", $"{name}.json");
        var list = recorded.GetProperty("tools_list");
        await using var server = await FakeMcpServer.StartAsync();
        server.Handshake = recorded.GetProperty("initialize").GetRawText();
        server.On("tools/list", (message, context) => FakeMcpServer.ReplyAsync(context, message, list.GetRawText()));
        await using var test = new McpTest(server);

        var loaded = await test.Source.LoadAsync(TestContext.Current.CancellationToken);

        Assert.Empty(loaded.Skipped);
        Assert.Equal(list.GetProperty("tools").GetArrayLength(), loaded.Tools.Count);
    }

    [Theory]
    [InlineData("everything")]
    [InlineData("filesystem")]
    [InlineData("memory")]
    public async Task Recorded_calls_give_their_recorded_results(string name)
    {
        var recorded = Read("calls", $"{name}.calls.json");
        var answers = Answers(recorded.GetProperty("transcript"));
        await using var server = await FakeMcpServer.StartAsync();
        server.Handshake = recorded.GetProperty("initialize").GetRawText();
        server.On("tools/list", (message, context) => FakeMcpServer.ReplyAsync(context, message, recorded.GetProperty("tools_list").GetRawText()));
        await using var test = new McpTest(new McpServerOptions { Url = server.Url, Prefix = "" });
        var tools = (await test.Source.LoadAsync(TestContext.Current.CancellationToken)).Tools.ToDictionary(tool => tool.Name);

        var played = 0;
        foreach (var (call, result) in answers.Where(answer => tools.ContainsKey(answer.Call.GetProperty("name").GetString()!)))
        {
            server.OnCall(result.GetRawText());
            var arguments = call.TryGetProperty("arguments", out var given) ? given.GetRawText() : "{}";
            Check(result, await CallAsync(tools[call.GetProperty("name").GetString()!], arguments));
            played++;
        }

        output.WriteLine($"{played} calls");
        Assert.NotEqual(0, played);
    }

    private static void Check(JsonElement recorded, object? result)
    {
        var texts = recorded.GetProperty("content").EnumerateArray().Where(block => block.GetProperty("type").GetString() == "text")
            .Select(block => block.GetProperty("text").GetString()!);
        if (recorded.TryGetProperty("isError", out var isError) && isError.GetBoolean())
            Assert.StartsWith("The MCP server 'fake' reports a failure", Assert.IsType<ToolException>(result).Message, StringComparison.Ordinal);
        else if (result is ToolContent content)
            Assert.Equal(recorded.GetProperty("content").GetArrayLength(), content.Blocks.Count);
        else
            Assert.Equal(Assert.Single(texts), Assert.IsType<string>(result));
    }

    private static async Task<object?> CallAsync(Tool tool, string arguments)
    {
        try
        {
            return await McpTest.CallAsync(tool, arguments);
        }
        catch (ToolException e)
        {
            return e;
        }
    }

    private static List<(JsonElement Call, JsonElement Result)> Answers(JsonElement transcript)
    {
        var messages = transcript.EnumerateArray().ToList();
        var results = messages.Where(entry => entry.GetProperty("dir").GetString() == "server->client")
            .Select(entry => entry.GetProperty("message"))
            .Where(message => message.TryGetProperty("result", out _))
            .ToDictionary(message => message.GetProperty("id").ToString(), message => message.GetProperty("result"));
        return [.. messages.Where(entry => entry.GetProperty("dir").GetString() == "client->server")
            .Select(entry => entry.GetProperty("message"))
            .Where(message => message.TryGetProperty("method", out var method) && method.GetString() == "tools/call")
            .Where(message => results.TryGetValue(message.GetProperty("id").ToString(), out var result) && result.TryGetProperty("content", out _))
            .Select(message => (message.GetProperty("params"), results[message.GetProperty("id").ToString()]))];
    }

    private static JsonElement Read(string folder, string file) =>
        JsonElement.Parse(File.ReadAllText(Path.Combine(SharedData.Folder("mcp"), folder, file)));
}
