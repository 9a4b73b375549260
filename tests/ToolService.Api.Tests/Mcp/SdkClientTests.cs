using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace ToolService.Api.Tests.Mcp;

public class SdkClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2024-11-05")]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task Client_of_any_revision_lists_and_calls_tools(string version)
    {
        await using var service = await new TestTools().StartServiceAsync();
        await using var client = await service.ConnectAsync(version);

        var tools = await client.ListToolsAsync(cancellationToken: Cancellation);
        var result = await client.CallToolAsync("echo", new Dictionary<string, object?> { ["text"] = "hello" }, cancellationToken: Cancellation);

        Assert.Equal(version, client.NegotiatedProtocolVersion);
        Assert.Contains(tools, tool => tool.Name == "echo");
        Assert.Equal("hello", result.Text());
    }

    [Fact]
    public async Task Client_without_a_wish_uses_the_newest_revision()
    {
        await using var service = await new TestTools().StartServiceAsync();
        await using var client = await service.ConnectAsync();

        Assert.Equal("2026-07-28", client.NegotiatedProtocolVersion);
        Assert.Equal("toolservice", client.ServerInfo?.Name);
    }

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task Call_that_needs_a_confirmation_asks_the_clients_user_and_runs(string version)
    {
        TestTools tools = new();
        await using var service = await tools.StartServiceAsync();
        var question = "";
        await using var client = await service.ConnectAsync(version, (asked, _) =>
        {
            question = asked!.Message;
            return ValueTask.FromResult(Accept("approve", true));
        });

        var result = await client.CallToolAsync("delete_note", new Dictionary<string, object?> { ["text"] = "one" }, cancellationToken: Cancellation);

        Assert.Equal("deleted one", result.Text());
        Assert.Equal(["deleted one"], tools.Effects);
        Assert.Contains("'delete_note'", question);
        Assert.Contains("\"text\": \"one\"", question);
    }

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task Denied_call_tells_the_model_why(string version)
    {
        TestTools tools = new();
        await using var service = await tools.StartServiceAsync();
        await using var client = await service.ConnectAsync(version, (_, _) => ValueTask.FromResult(new ElicitResult
        {
            Action = "accept",
            Content = new Dictionary<string, JsonElement> { ["approve"] = JsonElement.Parse("false"), ["reason"] = JsonElement.Parse("\"not that one\"") },
        }));

        var result = await client.CallToolAsync("delete_note", new Dictionary<string, object?> { ["text"] = "one" }, cancellationToken: Cancellation);

        Assert.True(result.IsError);
        Assert.Contains("not that one", result.Text());
        Assert.Empty(tools.Effects);
    }

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task Question_of_a_running_tool_reaches_the_clients_user(string version)
    {
        await using var service = await AskingTools.StartAsync();
        await using var client = await service.ConnectAsync(version, (asked, _) =>
        {
            Assert.Equal("What is your name?", asked!.Message);
            return ValueTask.FromResult(Accept("name", "Ann"));
        });

        var result = await client.CallToolAsync("greet", cancellationToken: Cancellation);

        Assert.Equal("Accept: Hello, Ann!", result.Text());
    }

    [Fact]
    public async Task Question_is_somebody_elses_to_answer_where_the_client_cannot_ask()
    {
        await using var service = await AskingTools.StartAsync();
        await using var client = await service.ConnectAsync();

        var call = client.CallToolAsync("greet", cancellationToken: Cancellation).AsTask();
        JsonElement question;
        do
            question = (await service.Client.GetJsonAsync("/v1/confirmations?status=pending")).EnumerateArray().FirstOrDefault();
        while (question.ValueKind is JsonValueKind.Undefined);
        await service.Client.PostJsonAsync($"/v1/confirmations/{question.Text("id")}", """{"decision":"approve","arguments":{"name":"Bob"}}""");

        Assert.Equal("Accept: Hello, Bob!", (await call).Text());
    }

    [Fact]
    public async Task Client_that_leaves_stops_a_call_from_2026_07_28_on()
    {
        TestTools tools = new();
        await using var service = await tools.StartServiceAsync();
        await using var client = await service.ConnectAsync("2026-07-28");
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var call = client.CallToolAsync("hang", cancellationToken: cancel.Token).AsTask();
        await tools.Started;
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        JsonElement record;
        do
            record = (await service.Client.GetJsonAsync("/v1/tools/history?tool=hang")).EnumerateArray().FirstOrDefault();
        while (record.ValueKind is JsonValueKind.Undefined);
        Assert.Equal("cancelled", record.Text("status"));
    }

    private static ElicitResult Accept(string member, object value) =>
        new() { Action = "accept", Content = new Dictionary<string, JsonElement> { [member] = JsonSerializer.SerializeToElement(value) } };
}
