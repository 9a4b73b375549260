using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using ToolService.Core.Models;
using ToolService.Core.Models.Resilience;
using ToolService.Core.Tests.Execution;
using ToolService.Core.Tests.Models.OpenAIChat;
using ToolService.Testing;

namespace ToolService.Core.Tests.Models.Resilience;

public sealed class LimitingChatClientTests
{
    private readonly FakeTime _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Place_is_held_until_the_stream_has_ended()
    {
        var release = new TaskCompletionSource();
        await using var server = await ScriptedModelServer.StartAsync(
            ScriptedReply.Text("A long answer.") with { Release = release.Task, ReleaseAfter = 400 }, ScriptedReply.Text("hi"));
        using var client = Client(server, new() { MaxParallelRequests = 1 });
        await using var first = client.GetStreamingResponseAsync("hi", cancellationToken: Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await first.MoveNextAsync());
        var second = client.AskAsync(stream: true);

        Assert.Single(server.Requests);
        release.SetResult();
        while (await first.MoveNextAsync())
        {
        }

        Assert.Equal("hi", (await second).Text);
    }

    [Fact]
    public async Task Place_is_free_when_the_stream_is_left()
    {
        var never = new TaskCompletionSource();
        await using var server = await ScriptedModelServer.StartAsync(
            ScriptedReply.Text("A long answer.") with { Release = never.Task, ReleaseAfter = 400 }, ScriptedReply.Text("hi"));
        using var client = Client(server, new() { MaxParallelRequests = 1 });
        await foreach (var update in client.GetStreamingResponseAsync("hi", cancellationToken: Cancellation))
            break;

        Assert.Equal("hi", (await client.AskAsync(stream: true)).Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Place_is_free_when_the_request_fails(bool stream)
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Error(400, "no"), ScriptedReply.Text("hi"));
        using var client = Client(server, new() { MaxParallelRequests = 1 });

        await Assert.ThrowsAsync<ModelException>(() => client.AskAsync(stream));

        Assert.Equal("hi", (await client.AskAsync(stream)).Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tokens_that_the_provider_reports_count(bool stream)
    {
        await using var server = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Text("hi"));
        using var client = Client(server, new() { TokensPerMinute = 1000 });
        // Estimated at 900 and more; 15 are reported.
        var options = new ChatOptions { MaxOutputTokens = 900 };

        for (var i = 0; i < 6; i++)
            await client.AskAsync(stream, options: options);

        await Assert.ThrowsAsync<ModelException>(() => client.AskAsync(stream, new string('x', 4000)));
    }

    [Fact]
    public void Tools_and_results_count_as_much_as_the_message()
    {
        var call = new FunctionCallContent("1", "echo", new Dictionary<string, object?> { ["text"] = new string('x', 400) });
        ChatMessage[] messages = [
            new(ChatRole.User, new string('x', 400)), new(ChatRole.Assistant, [call]),
            new(ChatRole.Tool, [new FunctionResultContent("1", new string('x', 400))])];
        var tool = AIFunctionFactory.Create((string text) => text, "echo", new string('x', 400));

        var without = TokenEstimate.Of(messages, null);
        var with = TokenEstimate.Of(messages, new ChatOptions { Tools = [tool], MaxOutputTokens = 50 });

        Assert.InRange(without, 300, 310);
        Assert.InRange(with - without, 150 + 10, 150 + 60);
    }

    [Fact]
    public async Task Nobody_waits_for_a_model_that_is_not_asked()
    {
        var never = new TaskCompletionSource();
        await using var server = await ScriptedModelServer.StartAsync(
            ScriptedReply.Text("hi") with { Release = never.Task }, ScriptedReply.Error(503, "down"));
        using var client = Client(server, new() { MaxParallelRequests = 2, BreakerFailures = 1 });
        using var cancellation = new CancellationTokenSource();
        var (first, second) = (client.GetResponseAsync("hi", cancellationToken: cancellation.Token), client.GetResponseAsync("hi", cancellationToken: cancellation.Token));
        await Assert.ThrowsAsync<ModelException>(async () => await await Task.WhenAny(first, second));

        var e = await Assert.ThrowsAsync<ModelException>(() => client.AskAsync(stream: true));

        Assert.StartsWith("Model 'local' failed 1 times in a row", e.Message, StringComparison.Ordinal);
        await cancellation.CancelAsync();
    }

    private IChatClient Client(ScriptedModelServer server, ModelEndpointOptions options) => ResilientClients.Around(
        Clients.For(server, _time), "local", options, new RetryPolicy(0), _time, NullLogger.Instance);
}
