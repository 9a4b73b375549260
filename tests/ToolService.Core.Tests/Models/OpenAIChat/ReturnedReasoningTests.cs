using Microsoft.Extensions.AI;
using ToolService.Core.Models;
using ToolService.Core.Models.OpenAIChat;
using ToolService.Testing;

namespace ToolService.Core.Tests.Models.OpenAIChat;

public class ReturnedReasoningTests
{
    private static readonly ChatMessage[] Messages =
    [
        new(ChatRole.User, "hi"),
        new(ChatRole.Assistant, [new TextReasoningContent("Look "), new TextReasoningContent("first."), new FunctionCallContent("call_1", "look")]),
        new(ChatRole.Tool, [new FunctionResultContent("call_1", "done")]),
        new(ChatRole.Assistant, [new TextReasoningContent("Easy."), new TextContent("Seen.")]),
        new(ChatRole.User, "and?"),
    ];

    [Fact]
    public async Task Thoughts_that_led_to_calls_go_back_with_them_where_the_provider_demands_it()
    {
        var sent = await SentAsync(returns: true);

        Assert.Equal("Look first.", sent.GetProperty("messages")[1].GetProperty("reasoning_content").GetString());
        Assert.False(sent.GetProperty("messages")[3].TryGetProperty("reasoning_content", out _));
    }

    [Fact]
    public async Task Calls_that_came_without_thoughts_say_so()
    {
        var sent = await SentAsync(
            returns: true,
            new ChatMessage(ChatRole.User, "hi"),
            new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("call_1", "look")]),
            new ChatMessage(ChatRole.Tool, [new FunctionResultContent("call_1", "done")]));

        Assert.Equal("", sent.GetProperty("messages")[1].GetProperty("reasoning_content").GetString());
    }

    [Fact]
    public async Task Thoughts_stay_here_otherwise()
    {
        var sent = await SentAsync(returns: null);

        Assert.False(sent.GetProperty("messages")[1].TryGetProperty("reasoning_content", out _));
    }

    private static async Task<System.Text.Json.JsonElement> SentAsync(bool? returns, params ChatMessage[] messages)
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Text("ok"));
        using var client = new OpenAIChatClient(
            "local",
            new ModelEndpointOptions { BaseUrl = server.BaseUrl, Model = "m", ReturnReasoning = returns },
            new SocketsHttpHandler(),
            TimeProvider.System);
        await client.GetResponseAsync(messages.Length > 0 ? messages : Messages, null, TestContext.Current.CancellationToken);
        return server.Requests[0].Json;
    }
}
