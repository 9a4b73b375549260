using Microsoft.Extensions.Logging.Abstractions;
using ToolService.Core.Conversations.Selection;
using ToolService.Core.Tests.Execution;
using ToolService.Core.Tests.Models.Embeddings;
using ToolService.Core.Tools;
using ToolService.Testing;
using static ToolService.Core.Tests.Conversations.Selection.SampleCatalog;

namespace ToolService.Core.Tests.Conversations.Selection;

public class EmbeddingSelectorTests
{
    [Fact]
    public async Task Nearest_in_meaning_comes_first()
    {
        await using var server = await ScriptedModelServer.StartAsync(body => Scripted.Answer(body, Meaning));
        var selection = await SelectAsync(Selector(server.BaseUrl), "is an umbrella needed?");

        Assert.Equal(new SelectedTool("get_weather", "embedding: 1.00"), selection.Tools[0]);
        Assert.Equal(3, selection.Tools.Count);
        Assert.Null(selection.Note);
    }

    [Fact]
    public async Task Definition_is_sent_once()
    {
        await using var server = await ScriptedModelServer.StartAsync(body => Scripted.Answer(body, Meaning));
        var selector = Selector(server.BaseUrl);

        await SelectAsync(selector, "umbrella");
        await SelectAsync(selector, "rain");
        var changed = new ToolCatalog([.. Small.Tools, Define("new_tool", "Tells of snow.")]);
        await selector.SelectAsync(Request("snow", catalog: changed), TestContext.Current.CancellationToken);

        Assert.Equal([Small.Tools.Count, 1, 1, 1, 1], server.Requests.Select(Length));
    }

    [Fact]
    public async Task Tools_that_are_gone_are_forgotten()
    {
        await using var server = await ScriptedModelServer.StartAsync(body => Scripted.Answer(body, Meaning));
        var selector = Selector(server.BaseUrl);
        await selector.SelectAsync(Request("umbrella", catalog: Of(300)), TestContext.Current.CancellationToken);
        await selector.SelectAsync(Request("umbrella", catalog: Of(("other", "Another.", "x"))), TestContext.Current.CancellationToken);
        var before = server.Requests.Count;

        await selector.SelectAsync(Request("umbrella", catalog: Of(300)), TestContext.Current.CancellationToken);

        Assert.Equal([100, 100, 100, 1], server.Requests.Skip(before).Select(Length));
    }

    [Fact]
    public async Task Many_who_ask_at_once_share_the_tools_vectors()
    {
        await using var server = await ScriptedModelServer.StartAsync(body => Scripted.Answer(body, Meaning));
        var selector = Selector(server.BaseUrl);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SelectAsync(selector, "umbrella")));

        Assert.Single(server.Requests, request => request.Json.GetProperty("input").GetArrayLength() == Small.Tools.Count);
    }

    [Fact]
    public async Task Words_are_compared_and_the_endpoint_left_alone_after_a_failure()
    {
        var isDown = true;
        await using var server = await ScriptedModelServer.StartAsync(
            body => isDown ? ScriptedReply.Error(503, "overloaded") : Scripted.Answer(body, Meaning));
        var time = new FakeTime();
        var selector = Selector(server.BaseUrl, time);

        var failed = await SelectAsync(selector, "the weather?");
        var paused = await SelectAsync(selector, "the weather?");
        Assert.Single(server.Requests);
        isDown = false;
        time.Advance(EmbeddingSelector.Pause);
        var well = await SelectAsync(selector, "the weather?");

        Assert.Equal(new SelectedTool("get_weather", "lexical: \"weather\""), Assert.Single(failed.Tools));
        Assert.Equal(
            "The embeddings endpoint failed: The provider of model 'embedder' failed (HTTP 503): overloaded. Words were compared instead.",
            failed.Note);
        Assert.Equal("The embeddings endpoint failed a moment ago. Words were compared instead.", paused.Note);
        Assert.Null(well.Note);
    }

    [Fact]
    public async Task Words_are_compared_when_nothing_answers()
    {
        Uri gone;
        await using (var server = await ScriptedModelServer.StartAsync())
            gone = server.BaseUrl;

        var selection = await SelectAsync(Selector(gone), "the weather?");

        Assert.Equal("get_weather", Assert.Single(selection.Tools).Name);
        Assert.StartsWith("The embeddings endpoint failed: Model 'embedder' cannot be reached", selection.Note);
    }

    [Theory]
    [InlineData("[0, 0, 0]")]
    [InlineData("[1, 0]")]
    [InlineData("[NaN, 0, 0]")]
    [InlineData("[1e999, 0, 0]")]
    [InlineData("[]")]
    [InlineData("\"AAAA\"")]
    public async Task Words_are_compared_when_a_vector_cannot_be(string vector)
    {
        await using var server = await ScriptedModelServer.StartAsync(body => body.GetProperty("input").GetArrayLength() == 1
            ? ScriptedReply.Raw("application/json", $$"""{"data": [{"index": 0, "embedding": {{vector}}}]}""")
            : Scripted.Answer(body, Meaning));

        var selection = await SelectAsync(Selector(server.BaseUrl), "the weather?");

        Assert.Equal("get_weather", Assert.Single(selection.Tools).Name);
        Assert.EndsWith("Words were compared instead.", selection.Note);
    }

    [Fact]
    public async Task Vectors_are_made_anew_when_the_server_has_another_model()
    {
        var length = 3;
        await using var server = await ScriptedModelServer.StartAsync(
            body => Scripted.Answer(body, text => [.. Meaning(text), .. new float[length - 3]]));
        var time = new FakeTime();
        var selector = Selector(server.BaseUrl, time);
        await SelectAsync(selector, "umbrella");

        length = 5;
        var changed = await SelectAsync(selector, "umbrella");
        time.Advance(EmbeddingSelector.Pause);
        var after = await SelectAsync(selector, "umbrella");

        Assert.Contains("another length", changed.Note);
        Assert.Equal("get_weather", after.Tools[0].Name);
        Assert.Null(after.Note);
    }

    [Fact]
    public async Task Caller_that_gives_up_is_not_answered_otherwise()
    {
        var never = new TaskCompletionSource();
        await using var server = await ScriptedModelServer.StartAsync(body => Scripted.Answer(body, Meaning) with { Release = never.Task });
        using var cancelled = new CancellationTokenSource();
        var selecting = Selector(server.BaseUrl).SelectAsync(Request("umbrella"), cancelled.Token);

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => selecting);
    }

    private static int Length(RecordedRequest request) => request.Json.GetProperty("input").GetArrayLength();

    private static float[] Meaning(string text) =>
        text.Contains("rain", StringComparison.Ordinal) || text.Contains("umbrella", StringComparison.Ordinal)
            ? [0, 0, 2]
            : [1, text.Length % 7, 0];

    private static EmbeddingSelector Selector(Uri baseUrl, TimeProvider? time = null) => new(
        new ToolVectors(Scripted.Client(baseUrl), TimeProvider.System),
        new LexicalSelector(),
        time ?? TimeProvider.System,
        NullLogger<EmbeddingSelector>.Instance);

    private static Task<ToolSelection> SelectAsync(EmbeddingSelector selector, string message) =>
        selector.SelectAsync(Request(message), TestContext.Current.CancellationToken);
}
