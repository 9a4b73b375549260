using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using ToolService.Core.Models;
using ToolService.Core.Models.Resilience;
using ToolService.Core.Tests.Models.OpenAIChat;
using ToolService.Testing;

namespace ToolService.Core.Tests.Models.Resilience;

public class RetryingChatClientTests
{
    private readonly ManualTime _time = new(ManualTime.Start);

    [Theory]
    [InlineData(408, true)]
    [InlineData(409, true)]
    [InlineData(429, true)]
    [InlineData(500, false)]
    [InlineData(529, false)]
    public async Task Failure_that_may_pass_is_retried(int status, bool stream)
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Error(status, "later"), ScriptedReply.Text("hi"));
        using var client = Client(server);

        Assert.Equal("hi", (await client.AskAsync(stream)).Text);
        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(server.Requests[0].Body, server.Requests[1].Body);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    public async Task Failure_that_stays_is_not_retried(int status)
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Error(status, "never"), ScriptedReply.Text("hi"));
        using var client = Client(server);

        await Assert.ThrowsAsync<ModelException>(() => client.AskAsync(stream: true));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Last_failure_is_told_when_the_retries_are_used_up()
    {
        await using var server = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Error(503, "down"));
        using var client = Client(server, maxRetries: 2);

        var e = await Assert.ThrowsAsync<ModelException>(() => client.AskAsync(stream: true));

        Assert.Equal(503, e.StatusCode);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Nothing_is_retried_when_no_retries_are_configured()
    {
        await using var server = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Error(503, "down"));
        using var client = Client(server, maxRetries: 0);

        await Assert.ThrowsAsync<ModelException>(() => client.AskAsync(stream: true));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Waits_grow_and_are_spread()
    {
        await using var server = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Error(503, "down"));
        using var client = Client(server, maxRetries: 6);

        await Assert.ThrowsAsync<ModelException>(() => client.AskAsync(stream: true));

        Assert.Equal(6, _time.Waits.Count);
        Assert.All(_time.Waits, wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(30)));
        Assert.True(_time.Waits[5] > _time.Waits[0] * 4, string.Join(' ', _time.Waits));
    }

    [Theory]
    [InlineData("Retry-After", "7", 7)]
    [InlineData("Retry-After", "Fri, 20 Nov 2026 12:00:30 GMT", 30)]
    [InlineData("retry-after-ms", "250", 0.25)]
    [InlineData("Retry-After", "60", 60)]
    public async Task Wait_is_the_one_that_the_provider_asks_for(string header, string value, double seconds)
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Error(429, "later", (header, value)), ScriptedReply.Text("hi"));
        using var client = Client(server);

        await client.AskAsync(stream: true);

        Assert.Equal(TimeSpan.FromSeconds(seconds), _time.Waits[0]);
    }

    [Fact]
    public async Task Longer_wait_than_a_minute_is_not_begun()
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Error(429, "later", ("Retry-After", "61")), ScriptedReply.Text("hi"));
        using var client = Client(server);

        var e = await Assert.ThrowsAsync<ModelException>(() => client.AskAsync(stream: true));

        Assert.Equal(TimeSpan.FromSeconds(61), e.RetryAfter);
        Assert.Empty(_time.Waits);
    }

    [Fact]
    public async Task Provider_that_asks_for_no_wait_is_not_hurried()
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Error(503, "later", ("Retry-After", "0")), ScriptedReply.Text("hi"));
        using var client = Client(server);

        await client.AskAsync(stream: true);

        Assert.InRange(_time.Waits[0], TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(500));
    }

    [Fact]
    public async Task Requests_with_one_budget_share_their_retries()
    {
        await using var server = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Error(503, "down"));
        using var client = Client(server);
        var options = new ChatOptions();
        var budget = new RetryBudget(4);
        budget.ApplyTo(options);

        await Assert.ThrowsAsync<ModelException>(() => client.AskAsync(stream: true, options: options));
        await Assert.ThrowsAsync<ModelException>(() => client.AskAsync(stream: true, options: options));

        Assert.Equal((4, 6), (budget.Used, server.Requests.Count));
        Assert.DoesNotContain("budget", server.Requests[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_that_breaks_before_its_first_update_is_retried()
    {
        var broken = ScriptedReply.Chunks("""{"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}""") with { Pieces = [20], CutAfter = 60 };
        await using var server = await ScriptedModelServer.StartAsync(broken, ScriptedReply.Text("hi"));
        using var client = Client(server);

        Assert.Equal("hi", (await client.AskAsync(stream: true)).Text);
    }

    [Fact]
    public async Task Stream_that_breaks_after_its_first_update_is_not_retried()
    {
        var body = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\n";
        var seen = new TaskCompletionSource();
        var broken = ScriptedReply.Raw("text/event-stream", body + body) with { Release = seen.Task, ReleaseAfter = body.Length, CutAfter = body.Length + 5 };
        await using var server = await ScriptedModelServer.StartAsync(broken, ScriptedReply.Text("hi"));
        using var client = Client(server);
        List<string> texts = [];

        await Assert.ThrowsAsync<ModelException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("hi", cancellationToken: TestContext.Current.CancellationToken))
            {
                texts.Add(update.Text);
                seen.TrySetResult();
            }
        });

        Assert.Equal(["Hel"], texts);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Cancellation_ends_the_wait()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = await ScriptedModelServer.StartAsync(_ =>
        {
            cancellation.CancelAfter(TimeSpan.Zero);
            return ScriptedReply.Error(503, "down");
        });
        using var client = Client(server, time: new ManualTime(ManualTime.Start) { StandStill = TimeSpan.Zero });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetResponseAsync("hi", cancellationToken: cancellation.Token));
    }

    private RetryingChatClient Client(ScriptedModelServer server, int maxRetries = 3, TimeProvider? time = null) =>
        new(Clients.For(server, time ?? _time), "local", new RetryPolicy(maxRetries, () => 0.5), time ?? _time, NullLogger.Instance);
}
