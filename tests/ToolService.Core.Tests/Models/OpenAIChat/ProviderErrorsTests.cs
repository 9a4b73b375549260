using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.AI;
using ToolService.Core.Models;
using ToolService.Core.Tests.Execution;
using ToolService.Testing;

namespace ToolService.Core.Tests.Models.OpenAIChat;

public class ProviderErrorsTests
{
    [Theory]
    [InlineData(401, "The provider refused the request (HTTP 401): check the API key of model 'local'.", false)]
    [InlineData(404, "The provider has no model 'qwen3', or no chat completions at this address (HTTP 404): check Model and BaseUrl of model 'local'.", false)]
    [InlineData(400, "The provider refused the request to model 'local' (HTTP 400): too many words", false)]
    [InlineData(408, "The provider refused the request to model 'local' (HTTP 408): too many words", true)]
    [InlineData(409, "The provider refused the request to model 'local' (HTTP 409): too many words", true)]
    [InlineData(429, "The provider's rate limit or quota for model 'local' is used up (HTTP 429): too many words", true)]
    [InlineData(503, "The provider of model 'local' failed (HTTP 503): too many words", true)]
    [InlineData(301, "The provider sends requests for model 'local' elsewhere (HTTP 301): set its BaseUrl to the final address.", false)]
    public async Task Status_is_told_with_what_to_check(int status, string message, bool retryable)
    {
        var e = await FailureAsync(stream: true, ScriptedReply.Error(status, "too many words"));

        Assert.Equal(message, e.Message);
        Assert.Equal(status, e.StatusCode);
        Assert.Equal(retryable, e.Retryable);
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"This model's maximum context length is 8192 tokens. However, your messages resulted in 9321 tokens.","code":"context_length_exceeded"}}""")]
    [InlineData(500, """{"error":{"code":500,"message":"too long","type":"exceed_context_size_error","n_prompt_tokens":9321,"n_ctx":8192}}""")]
    [InlineData(200, """{"error":{"code":500,"message":"too long","type":"exceed_context_size_error","n_prompt_tokens":9321,"n_ctx":8192}}""")]
    public async Task Request_that_is_too_long_is_told_from_others_and_not_worth_the_same_again(int status, string body)
    {
        var e = await FailureAsync(stream: true, ScriptedReply.Raw("application/json", body) with { Status = status });

        Assert.Equal((true, 8192L, 9321L, false), (e.IsContextOverflow, e.ContextTokens, e.RequestTokens, e.Retryable));
    }

    [Fact]
    public async Task Redirect_is_not_followed()
    {
        await using var elsewhere = await ScriptedModelServer.StartAsync(ScriptedReply.Text("hi"));
        await using var server = await ScriptedModelServer.StartAsync(
            ScriptedReply.Error(307, "moved", ("Location", $"{elsewhere.BaseUrl}/chat/completions")));
        using var client = Clients.For(server);

        await Assert.ThrowsAsync<ModelException>(() => client.AskAsync(stream: true));

        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task Providers_words_lose_keys_and_addresses()
    {
        var e = await FailureAsync(stream: false, ScriptedReply.Error(
            400, $"Key {Clients.Key} and sk-proj-abc123 at https://api.example.com/v1/x?y are\n\u0001 wrong on 127.0.0.1; " + new string('x', 5000)));

        Assert.StartsWith(
            "The provider refused the request to model 'local' (HTTP 400): Key (key) and (key) at (address) are wrong on (address); xxx",
            e.Message,
            StringComparison.Ordinal);
        Assert.True(e.Message.Length < 400);
    }

    [Fact]
    public async Task Empty_account_is_not_worth_a_retry()
    {
        var body = """{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}""";

        var e = await FailureAsync(stream: true, ScriptedReply.Raw("application/json", body) with { Status = 429 });

        Assert.False(e.Retryable);
    }

    [Fact]
    public async Task Wait_that_the_provider_asks_for_is_told()
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Error(429, "slow down", ("Retry-After", "7")));
        using var client = Clients.For(server, new ManualTime(ManualTime.Start));

        var e = await Assert.ThrowsAsync<ModelException>(() => client.AskAsync(stream: true));

        Assert.Equal(TimeSpan.FromSeconds(7), e.RetryAfter);
    }

    [Fact]
    public async Task Error_of_google_is_read_with_its_wait()
    {
        var body = """
            [{"error":{"code":429,"message":"Quota exceeded.","status":"RESOURCE_EXHAUSTED",
            "details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure"},{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"37s"}]}}]
            """;

        var e = await FailureAsync(stream: true, ScriptedReply.Raw("application/json", body) with { Status = 429 });

        Assert.Equal("The provider's rate limit or quota for model 'local' is used up (HTTP 429): Quota exceeded.", e.Message);
        Assert.Equal(TimeSpan.FromSeconds(37), e.RetryAfter);
    }

    [Fact]
    public async Task Answer_that_pauses_too_long_after_it_has_begun_is_cut()
    {
        var time = new FakeTime();
        var never = new TaskCompletionSource();
        await using var server = await ScriptedModelServer.StartAsync(
            ScriptedReply.Text("A long answer.") with { Release = never.Task, ReleaseAfter = 400 });
        using var client = Clients.For(server, time);
        var asked = client.AskAsync(stream: true);

        // The whole answer's, and from its first piece on the pause's.
        await time.WaitForTimersAsync(2);
        time.Advance(TimeSpan.FromMinutes(2));

        var e = await Assert.ThrowsAsync<ModelException>(() => asked);
        Assert.Equal("The answer of model 'local' broke off: nothing came for 120 s.", e.Message);
        Assert.True(e.Retryable);
    }

    [Fact]
    public async Task Model_may_think_before_its_answer_begins()
    {
        var time = new FakeTime();
        var release = new TaskCompletionSource();
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Text("hi") with { Release = release.Task });
        using var client = Clients.For(server, time);
        var asked = client.AskAsync(stream: true);
        while (server.Requests.Count == 0)
            await Task.Yield();

        time.Advance(TimeSpan.FromMinutes(4));
        release.SetResult();

        Assert.Equal("hi", (await asked).Text);
    }

    [Fact]
    public async Task Nothing_at_the_base_url_is_told_without_the_url()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var client = Clients.For(new Uri($"http://127.0.0.1:{port}/v1"));

        var e = await Assert.ThrowsAsync<ModelException>(() => client.AskAsync(stream: true));

        Assert.Equal("Model 'local' cannot be reached: nothing answers at its configured base URL; check that the server runs.", e.Message);
        Assert.True(e.Retryable);
        Assert.Null(e.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Connection_cut_midway_is_told(bool stream)
    {
        var e = await FailureAsync(stream, ScriptedReply.Text("A long answer that does not arrive.") with { Pieces = [50], CutAfter = 150 });

        Assert.Equal("The answer of model 'local' broke off before its end.", e.Message);
        Assert.True(e.Retryable);
    }

    [Fact]
    public async Task Stream_that_ends_without_an_end_is_cut()
    {
        var e = await FailureAsync(stream: true, ScriptedReply.Raw("text/event-stream", "data: {\"choices\":[{\"delta\":{\"content\":\"hi\"}}]}\n\n"));

        Assert.Equal("The answer of model 'local' broke off before its end.", e.Message);
    }

    [Theory]
    [InlineData("text/html", "<html><body>Welcome</body></html>", true)]
    [InlineData("text/html", "<html><body>Welcome</body></html>", false)]
    [InlineData("application/json", "{\"choices\":", false)]
    [InlineData("application/json", "[]", false)]
    [InlineData("application/json", "{\"object\":\"list\"}", false)]
    [InlineData("text/event-stream", "data: {\"choices\":\n\n", true)]
    [InlineData("text/event-stream", "data: \"text\"\n\n", true)]
    [InlineData("text/event-stream", "data: {\"choices\":[{\"delta\":{\"content\":\"\\ud800\"}}]}\n\n", true)]
    public async Task Something_else_than_a_completion_is_told(string contentType, string body, bool stream)
    {
        var e = await FailureAsync(stream, ScriptedReply.Raw(contentType, body));

        Assert.Equal(
            "Model 'local' answered with something that is not a chat completion; check that its base URL ends with the API's version, such as /v1.",
            e.Message);
    }

    [Theory]
    [InlineData("application/json", "{\"error\":\"Unexpected endpoint\"}", false, "Model 'local' answered with an error: Unexpected endpoint", false)]
    [InlineData("text/event-stream", "data: {\"error\":{\"message\":\"no\",\"code\":503}}\n\n", true, "Model 'local' answered with an error: no", true)]
    [InlineData("text/event-stream", "data: {\"error\":{\"message\":\"no\",\"type\":\"overloaded_error\"}}\n\n", true, "Model 'local' answered with an error: no", true)]
    [InlineData("text/event-stream", "event: error\ndata: {\"message\":\"no\"}\n\n", true, "Model 'local' answered with an error: no", false)]
    public async Task Error_inside_a_success_is_an_error(string contentType, string body, bool stream, string message, bool retryable)
    {
        var e = await FailureAsync(stream, ScriptedReply.Raw(contentType, body));

        Assert.Equal(message, e.Message);
        Assert.Equal(retryable, e.Retryable);
    }

    [Fact]
    public async Task Answer_without_an_end_is_refused_at_a_size()
    {
        var e = await FailureAsync(stream: false, ScriptedReply.Raw("application/json", [.. Enumerable.Repeat((byte)' ', 65 * 1024 * 1024)]));

        Assert.Equal("The answer of model 'local' is too large: more than 67108864 bytes.", e.Message);
    }

    [Fact]
    public async Task Answer_that_takes_too_long_is_told()
    {
        var never = new TaskCompletionSource();
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Text("hi") with { Release = never.Task });
        using var client = Clients.For(server, new ManualTime(ManualTime.Start) { StandStill = TimeSpan.FromHours(1) });

        var e = await Assert.ThrowsAsync<ModelException>(() => client.AskAsync(stream: true));

        Assert.Equal("Model 'local' did not finish its answer within 300 s.", e.Message);
        Assert.False(e.Retryable);
    }

    [Fact]
    public async Task Callers_cancellation_stays_a_cancellation()
    {
        var never = new TaskCompletionSource();
        var first = "data: {\"choices\":[{\"delta\":{\"content\":\"hi\"}}]}\n\n";
        await using var server = await ScriptedModelServer.StartAsync(
            ScriptedReply.Raw("text/event-stream", first + first) with { Release = never.Task, ReleaseAfter = first.Length });
        using var client = Clients.For(server);
        using var cancellation = new CancellationTokenSource();

        var e = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("hi", cancellationToken: cancellation.Token))
                await cancellation.CancelAsync();
        });

        Assert.Equal(cancellation.Token, e.CancellationToken);
    }

    private static async Task<ModelException> FailureAsync(bool stream, ScriptedReply reply)
    {
        await using var server = await ScriptedModelServer.StartAsync(reply);
        using var client = Clients.For(server);
        return await Assert.ThrowsAsync<ModelException>(() => client.AskAsync(stream));
    }
}
