using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using ToolService.Core.Models;
using ToolService.Core.Models.Resilience;
using ToolService.Core.Tests.Execution;
using ToolService.Core.Tests.Models.OpenAIChat;
using ToolService.Testing;

namespace ToolService.Core.Tests.Models.Resilience;

public sealed class BreakingChatClientTests
{
    private static readonly ScriptedReply Down = ScriptedReply.Error(503, "down");
    private static readonly ScriptedReply Hi = ScriptedReply.Text("hi");

    private readonly FakeTime _time = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Model_that_fails_again_and_again_is_not_asked(bool stream)
    {
        await using var server = await ScriptedModelServer.StartAsync(_ => Down);
        using var client = Client(server.BaseUrl);
        for (var i = 0; i < 3; i++)
            await FailAsync(client, stream);
        _time.Advance(TimeSpan.FromSeconds(18.5));

        var e = await FailAsync(client, stream);

        Assert.Equal("Model 'local' failed 3 times in a row and is not asked now; try again in 12 s.", e.Message);
        Assert.Equal((true, false, TimeSpan.FromSeconds(11.5)), (e.IsUnavailable, e.Retryable, e.RetryAfter));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Failure_that_is_one_too_many_is_not_tried_again()
    {
        await using var server = await ScriptedModelServer.StartAsync(_ => Down);
        using var client = Client(server.BaseUrl);

        var retryable = new[] { await FailAsync(client), await FailAsync(client), await FailAsync(client) }.Select(e => e.Retryable);

        Assert.Equal([true, true, false], retryable);
    }

    [Fact]
    public async Task Answer_after_the_pause_lets_everybody_in()
    {
        await using var server = await ScriptedModelServer.StartAsync(Down, Down, Down, Hi, Hi);
        using var client = await OpenAsync(server);
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("hi", (await client.AskAsync(stream: true)).Text);
        Assert.Equal("hi", (await client.AskAsync(stream: true)).Text);
    }

    [Fact]
    public async Task Failure_after_the_pause_begins_another_one()
    {
        await using var server = await ScriptedModelServer.StartAsync(_ => Down);
        using var client = await OpenAsync(server);
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.False((await FailAsync(client)).IsUnavailable);
        Assert.Equal(TimeSpan.FromSeconds(30), (await FailAsync(client)).RetryAfter);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task One_request_at_a_time_tries_the_model_after_the_pause()
    {
        var release = new TaskCompletionSource();
        await using var server = await ScriptedModelServer.StartAsync(Down, Down, Down, Hi with { Release = release.Task });
        using var client = await OpenAsync(server);
        _time.Advance(TimeSpan.FromSeconds(30));
        var first = client.AskAsync(stream: true);

        var e = await FailAsync(client);
        release.SetResult();

        Assert.Equal((true, TimeSpan.FromSeconds(1)), (e.IsUnavailable, e.RetryAfter));
        Assert.Equal("hi", (await first).Text);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task Others_are_let_in_as_soon_as_the_answer_begins()
    {
        var release = new TaskCompletionSource();
        await using var server = await ScriptedModelServer.StartAsync(
            Down, Down, Down, ScriptedReply.Text("A long answer.") with { Release = release.Task, ReleaseAfter = 400 }, Hi);
        using var client = await OpenAsync(server);
        _time.Advance(TimeSpan.FromSeconds(30));
        await using var first = client.GetStreamingResponseAsync("hi", cancellationToken: TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await first.MoveNextAsync());

        Assert.Equal("hi", (await client.AskAsync(stream: true)).Text);
        release.SetResult();
    }

    [Fact]
    public async Task Answer_that_breaks_off_after_the_pause_begins_another_one()
    {
        await using var server = await ScriptedModelServer.StartAsync(
            Down, Down, Down, ScriptedReply.Text("A long answer.") with { Pieces = [400], CutAfter = 500 }, Hi);
        using var client = await OpenAsync(server);
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(200, (await FailAsync(client)).StatusCode);
        Assert.True((await FailAsync(client)).IsUnavailable);
    }

    [Fact]
    public async Task Request_that_is_given_up_leaves_the_trial_to_the_next_one()
    {
        var never = new TaskCompletionSource();
        await using var server = await ScriptedModelServer.StartAsync(Down, Down, Down, Hi with { Release = never.Task }, Hi);
        using var client = await OpenAsync(server);
        _time.Advance(TimeSpan.FromSeconds(30));
        using var cancellation = new CancellationTokenSource();
        var first = client.GetResponseAsync("hi", cancellationToken: cancellation.Token);
        while (server.Requests.Count < 4)
            await Task.Yield();

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        Assert.Equal("hi", (await client.AskAsync(stream: true)).Text);
    }

    [Fact]
    public async Task Answer_in_between_begins_the_count_anew()
    {
        await using var server = await ScriptedModelServer.StartAsync(Down, Down, Hi, Down, Down, Hi);
        using var client = Client(server.BaseUrl);

        await FailAsync(client);
        await FailAsync(client);
        await client.AskAsync(stream: true);
        await FailAsync(client);
        await FailAsync(client);

        Assert.Equal("hi", (await client.AskAsync(stream: true)).Text);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(429)]
    public async Task Model_that_refuses_is_not_down(int status)
    {
        await using var server = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Error(status, "no"));
        using var client = Client(server.BaseUrl);

        for (var i = 0; i < 5; i++)
            Assert.Equal(status, (await FailAsync(client)).StatusCode);
    }

    [Fact]
    public async Task Model_that_nobody_reaches_is_down()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var client = Client(new Uri($"http://127.0.0.1:{port}/v1"));
        for (var i = 0; i < 3; i++)
            await FailAsync(client);

        Assert.True((await FailAsync(client)).IsUnavailable);
    }

    [Fact]
    public async Task Model_whose_answers_break_off_is_down()
    {
        await using var server = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Text("A long answer.") with { Pieces = [400], CutAfter = 500 });
        using var client = await OpenAsync(server);

        Assert.True((await FailAsync(client)).IsUnavailable);
    }

    private async Task<BreakingChatClient> OpenAsync(ScriptedModelServer server)
    {
        var client = Client(server.BaseUrl);
        for (var i = 0; i < 3; i++)
            await FailAsync(client);
        return client;
    }

    private static Task<ModelException> FailAsync(IChatClient client, bool stream = true) =>
        Assert.ThrowsAsync<ModelException>(() => client.AskAsync(stream));

    private BreakingChatClient Client(Uri baseUrl) => new(
        Clients.For(baseUrl, _time), new ModelBreaker("local", 3, TimeSpan.FromSeconds(30), _time, NullLogger.Instance));
}
