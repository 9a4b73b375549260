using System.Text.Json;
using ToolService.Core.Models;
using ToolService.Core.Tests.Execution;
using ToolService.Testing;

namespace ToolService.Core.Tests.Models.Embeddings;

public class EmbeddingClientTests
{
    [Fact]
    public async Task Request_is_what_the_api_asks_for()
    {
        await using var server = await ScriptedModelServer.StartAsync(body => Scripted.Answer(body, text => [text.Length]));

        var made = await Scripted.Client(server.BaseUrl).GenerateAsync(
            ["a", "b\ud800"], cancellationToken: TestContext.Current.CancellationToken);

        var request = Assert.Single(server.Requests);
        Assert.Equal("/v1/embeddings", request.Path);
        Assert.Equal("Bearer sk-secret-key-1234", request.Headers["Authorization"]);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse("""{"model": "embedder", "input": ["a", "b\ufffd"]}"""), request.Json));
        Assert.Equal([1, 2], made.Select(embedding => embedding.Vector.Span[0]));
    }

    [Fact]
    public async Task Many_texts_are_sent_in_batches()
    {
        await using var server = await ScriptedModelServer.StartAsync(body => Scripted.Answer(body, text => [int.Parse(text, null)]));

        var made = await Scripted.Client(server.BaseUrl, batchSize: 4).GenerateAsync(
            Enumerable.Range(0, 10).Select(i => $"{i}"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([4, 4, 2], server.Requests.Select(request => request.Json.GetProperty("input").GetArrayLength()));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (float)i), made.Select(embedding => embedding.Vector.Span[0]));
    }

    [Theory]
    [InlineData("""{"data": [{"index": 1, "embedding": [2]}, {"index": 0, "embedding": [1]}]}""")]
    [InlineData("""{"data": [{"embedding": [1]}, {"embedding": [2]}]}""")]
    public async Task Vectors_come_in_the_order_of_the_texts(string answer)
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Raw("application/json", answer));

        var made = await Scripted.Client(server.BaseUrl).GenerateAsync(
            ["a", "b"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([1, 2], made.Select(embedding => embedding.Vector.Span[0]));
    }

    [Theory]
    [InlineData("""{"data": [{"index": 0, "embedding": [1]}]}""")]
    [InlineData("""{"data": [{"index": 0, "embedding": [1]}, {"index": 0, "embedding": [1]}]}""")]
    [InlineData("""{"data": [{"index": 0, "embedding": [1]}, {"index": 2, "embedding": [1]}]}""")]
    [InlineData("""{"data": [{"index": 0, "embedding": [1]}, {"index": 1, "embedding": ["x"]}]}""")]
    [InlineData("""{"data": [{"index": 0, "embedding": [1]}, {"index": 1, "embedding": [NaN]}]}""")]
    [InlineData("""{"data": "none"}""")]
    [InlineData("""[]""")]
    [InlineData("<html>")]
    [InlineData("")]
    public async Task Answer_of_another_shape_is_refused(string answer)
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Raw("application/json", answer));

        var failure = await FailureAsync(server);

        Assert.Equal((200, false), (failure.StatusCode, failure.Retryable));
        Assert.StartsWith("Model 'embedder' answered with something that is not a vector", failure.Message);
    }

    [Theory]
    [InlineData(401, false)]
    [InlineData(404, false)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    public async Task Error_of_the_provider_keeps_its_status_and_no_secret(int status, bool retryable)
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Error(status, "key sk-secret-key-1234 at 127.0.0.1"));

        var failure = await FailureAsync(server);

        Assert.Equal((status, retryable), (failure.StatusCode, failure.Retryable));
        Assert.DoesNotContain("sk-secret", failure.Message);
        Assert.DoesNotContain("127.0.0.1", failure.Message);
    }

    [Fact]
    public async Task Endpoint_that_does_not_answer_is_given_up()
    {
        var never = new TaskCompletionSource();
        var time = new FakeTime();
        var asked = new TaskCompletionSource();
        await using var server = await ScriptedModelServer.StartAsync(body =>
        {
            asked.SetResult();
            return Scripted.Answer(body, _ => [1]) with { Release = never.Task };
        });

        var asking = FailureAsync(server, time);
        await asked.Task;
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("Model 'embedder' did not finish its answer within 10 s.", (await asking).Message);
    }

    private static Task<ModelException> FailureAsync(ScriptedModelServer server, TimeProvider? time = null) =>
        Assert.ThrowsAsync<ModelException>(() => Scripted.Client(server.BaseUrl, time: time)
            .GenerateAsync(["a", "b"], cancellationToken: TestContext.Current.CancellationToken));
}
