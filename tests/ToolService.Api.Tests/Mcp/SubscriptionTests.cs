using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ToolService.Core.Tools;

namespace ToolService.Api.Tests.Mcp;

public class SubscriptionTests
{
    private const string IdKey = "io.modelcontextprotocol/subscriptionId";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Listener_hears_that_the_tools_changed_until_the_service_stops()
    {
        await using var service = await TestService.StartAsync();
        using var request = McpMessages.ModernPost(
            "subscriptions/listen", new JsonObject { ["notifications"] = new JsonObject { ["toolsListChanged"] = true, ["promptsListChanged"] = true } });
        using var response = await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await using var messages = McpMessages.MessagesOf(response).GetAsyncEnumerator(Cancellation);

        Assert.True(await messages.MoveNextAsync());
        Assert.Equal("notifications/subscriptions/acknowledged", messages.Current.Text("method"));
        Assert.Equal("""{"toolsListChanged":true}""", messages.Current.GetProperty("params").GetProperty("notifications").GetRawText());

        AddTool(service);
        Assert.True(await messages.MoveNextAsync());
        Assert.Equal("notifications/tools/list_changed", messages.Current.Text("method"));
        Assert.Equal(1, messages.Current.GetProperty("params").GetProperty("_meta").GetProperty(IdKey).GetInt32());

        await service.RestartAsync();
        Assert.True(await messages.MoveNextAsync());
        Assert.True(messages.Current.TryGetProperty("result", out _));
        Assert.False(await messages.MoveNextAsync());
    }

    [Theory]
    [InlineData("2025-11-25", false)]
    [InlineData("2026-07-28", true)]
    public async Task Changes_are_promised_only_where_there_is_a_stream_for_them(string version, bool expected)
    {
        await using var service = await TestService.StartAsync();
        await using var client = await service.ConnectAsync(version);

        Assert.Equal(expected, client.ServerCapabilities.Tools?.ListChanged ?? false);
    }

    private static void AddTool(TestService service) => service.Services.GetRequiredService<ToolRegistry>()
        .Replace("added", [ToolFactory.FromMethod(() => "here", "added", "Was not there before.")]);
}
