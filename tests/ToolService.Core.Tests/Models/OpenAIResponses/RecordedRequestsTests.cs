using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Testing;

namespace ToolService.Core.Tests.Models.OpenAIResponses;

public class RecordedRequestsTests
{
    [Fact]
    public async Task Everything_that_is_sent_has_been_sent_by_other_clients()
    {
        var recorded = Recorded();
        var sent = (await SentAsync()).Json;

        var members = recorded.SelectMany(request => request.EnumerateObject()).Select(member => member.Name).ToHashSet();
        Assert.All(sent.EnumerateObject(), member => Assert.Contains(member.Name, members));
        var items = recorded.SelectMany(request => Items(request, "input")).ToList();
        Assert.Equal(7, sent.GetProperty("input").GetArrayLength());
        Assert.All(sent.GetProperty("input").EnumerateArray(), item => Assert.Contains(items, known => Resembles(known, item)));
        var tools = recorded.SelectMany(request => Items(request, "tools")).ToList();
        Assert.All(sent.GetProperty("tools").EnumerateArray(), tool => Assert.Contains(tools, known => Resembles(known, tool)));
    }

    private static List<JsonElement> Recorded() =>
        [.. Directory.EnumerateDirectories(Path.Combine(SharedData.Folder("provider-streams"), "cases"), "*-openai-responses-*")
            .Select(folder => Path.Combine(folder, "request.json"))
            .Where(File.Exists)
            .Select(path => JsonElement.Parse(File.ReadAllBytes(path)))];

    private static async Task<RecordedRequest> SentAsync()
    {
        var parameters = JsonElement.Parse("""{"type":"object","properties":{"x":{"type":"string"}},"required":["x"],"additionalProperties":false}""");
        var options = new ChatOptions { Tools = [AIFunctionFactory.CreateDeclaration("a", "Does it.", parameters)], ToolMode = ChatToolMode.Auto };
        await using var server = await ScriptedModelServer.StartAsync(
            ScriptedReply.Message("One moment.", [("a", """{"x":"1"}"""), ("a", """{"x":"2"}""")]), ScriptedReply.Text("ok"));
        using var client = Clients.For(server);
        List<ChatMessage> messages = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "hi")];
        var first = await client.GetStreamingResponseAsync(messages, options, TestContext.Current.CancellationToken)
            .ToChatResponseAsync(TestContext.Current.CancellationToken);
        messages.AddRange(first.Messages);
        messages.Add(new ChatMessage(ChatRole.Tool, [.. first.Calls().Select(call => new FunctionResultContent(call.CallId, "done"))]));
        await client.GetStreamingResponseAsync(messages, options, TestContext.Current.CancellationToken)
            .ToChatResponseAsync(TestContext.Current.CancellationToken);
        return server.Requests[1];
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement request, string name) =>
        request.TryGetProperty(name, out var items) && items.ValueKind is JsonValueKind.Array ? items.EnumerateArray() : default;

    // Of the same type and role, with each member and its kind of value. Messages need not say that they are some.
    private static bool Resembles(JsonElement known, JsonElement item) => item.EnumerateObject().All(member => member.Name switch
    {
        "type" or "role" when known.TryGetProperty(member.Name, out var value) => value.GetString() == member.Value.GetString(),
        "type" => member.Value.GetString() == "message",
        _ => known.TryGetProperty(member.Name, out var value) && value.ValueKind == member.Value.ValueKind,
    });
}
