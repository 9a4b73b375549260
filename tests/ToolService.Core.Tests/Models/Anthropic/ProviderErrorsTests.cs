using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.AI;
using ToolService.Core.Models;
using ToolService.Testing;

namespace ToolService.Core.Tests.Models.Anthropic;

public class ProviderErrorsTests
{
    [Theory]
    [InlineData(401, "The provider refused the request (HTTP 401): check the API key of model 'local'.", false)]
    [InlineData(404, "The provider has no model 'claude-sonnet-4', or no messages at this address (HTTP 404): check Model and BaseUrl of model 'local'.", false)]
    [InlineData(400, "The provider refused the request to model 'local' (HTTP 400): too many words", false)]
    [InlineData(413, "The provider refused the request to model 'local' (HTTP 413): too many words", false)]
    [InlineData(429, "The provider's rate limit or quota for model 'local' is used up (HTTP 429): too many words", true)]
    [InlineData(529, "The provider of model 'local' failed (HTTP 529): too many words", true)]
    [InlineData(301, "The provider sends requests for model 'local' elsewhere (HTTP 301): set its BaseUrl to the final address.", false)]
    public async Task Status_is_told_with_what_to_check(int status, string message, bool retryable)
    {
        var e = await FailureAsync(stream: true, ScriptedReply.Error(status, "too many words"));

        Assert.Equal(message, e.Message);
        Assert.Equal(status, e.StatusCode);
        Assert.Equal(retryable, e.Retryable);
    }

    [Fact]
    public async Task Failed_request_is_not_repeated_by_the_sdk()
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Error(529, "Overloaded"), ScriptedReply.Text("hi"));
        using var client = Clients.For(server);

        await Assert.ThrowsAsync<ModelException>(() => client.AskAsync(stream: true));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Redirect_is_not_followed()
    {
        await using var elsewhere = await ScriptedModelServer.StartAsync(ScriptedReply.Text("hi"));
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Error(307, "moved", ("Location", $"{elsewhere.BaseUrl}/messages")));
        using var client = Clients.For(server);

        await Assert.ThrowsAsync<ModelException>(() => client.AskAsync(stream: true));

        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task Providers_words_lose_keys_and_addresses()
    {
        var e = await FailureAsync(stream: false, ScriptedReply.Error(400, $"Key {Clients.Key} at https://api.example.com/v1/x is wrong on 127.0.0.1"));

        Assert.Equal("The provider refused the request to model 'local' (HTTP 400): Key (key) at (address) is wrong on (address)", e.Message);
    }

    [Theory]
    [InlineData("retry-after-ms", "1500", 1.5)]
    [InlineData("Retry-After", "7", 7.0)]
    [InlineData("Retry-After", "soon", null)]
    public async Task Wait_that_the_provider_asks_for_is_told(string header, string value, double? seconds)
    {
        var e = await FailureAsync(stream: true, ScriptedReply.Error(429, "slow down", (header, value)));

        Assert.Equal(seconds, e.RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task Nothing_at_the_base_url_is_told_without_the_url()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var client = Clients.For(Clients.Endpoint(new Uri($"http://127.0.0.1:{port}")));

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
        var e = await FailureAsync(stream: true, MessageEvents.Reply(MessageEvents.Start, MessageEvents.Call(0, "1", "a"), MessageEvents.Input(0, "{}"), MessageEvents.End(0)));

        Assert.Equal("The answer of model 'local' broke off before its end.", e.Message);
        Assert.True(e.Retryable);
    }

    [Theory]
    [InlineData("text/html", "<html><body>Welcome</body></html>", true)]
    [InlineData("text/html", "<html><body>Welcome</body></html>", false)]
    [InlineData("application/json", "{\"content\":", false)]
    [InlineData("application/json", "[]", false)]
    [InlineData("application/json", "{\"object\":\"list\"}", false)]
    [InlineData("text/event-stream", "data: {\"type\":\n\n", true)]
    [InlineData("text/event-stream", "data: \"text\"\n\n", true)]
    [InlineData("text/event-stream", "data: {\"choices\":[{\"delta\":{\"content\":\"hi\"}}]}\n\ndata: [DONE]\n\n", true)]
    [InlineData("text/event-stream", "data: {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"\\ud800\"}}\n\n", true)]
    public async Task Something_else_than_a_message_is_told(string contentType, string body, bool stream)
    {
        var e = await FailureAsync(stream, ScriptedReply.Raw(contentType, body));

        Assert.Equal(
            "Model 'local' answered with something that is not a message; check that its base URL ends with the API's version, such as /v1.",
            e.Message);
    }

    [Theory]
    [InlineData("overloaded_error", true)]
    [InlineData("api_error", true)]
    [InlineData("rate_limit_error", true)]
    [InlineData("invalid_request_error", false)]
    public async Task Error_inside_a_stream_is_an_error(string type, bool retryable)
    {
        var error = $$$"""{"type":"error","error":{"type":"{{{type}}}","message":"no"}}""";

        var e = await FailureAsync(stream: true, MessageEvents.Reply(MessageEvents.Start, MessageEvents.Text(0, "hi"), error));

        Assert.Equal("Model 'local' answered with an error: no", e.Message);
        Assert.Equal(retryable, e.Retryable);
    }

    [Fact]
    public async Task Error_inside_a_success_is_an_error()
    {
        var e = await FailureAsync(stream: false, ScriptedReply.Raw("application/json", """{"type":"error","error":{"type":"overloaded_error","message":"no"}}"""));

        Assert.Equal("Model 'local' answered with an error: no", e.Message);
        Assert.True(e.Retryable);
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
        var first = MessageEvents.Body(MessageEvents.Start, MessageEvents.Text(0, "hi"));
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
