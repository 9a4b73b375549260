using Microsoft.Extensions.AI;
using ToolService.Core.Conversations.Rounds;
using ToolService.Core.Storage;
using ToolService.Core.Tests.Execution;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Storage;

/// <summary>The points by which others see the journal being written; docs/durability.md promises them.</summary>
public sealed class JournalPointTests : IDisposable
{
    private readonly PassedPoints _points = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tool_that_is_not_read_only_runs_between_its_intent_and_its_outcome()
    {
        await using var executor = await TestExecutor.StartAsync(ToolFactory.FromMethod(() => "done", "note"));

        await executor.CallAsync("note", id: "points-1", cancellationToken: Cancellation);

        Assert.Equal(
            [
                "add_call.before", "add_call.after",
                "tool_call.before", "tool_call.after",
                "update_call.before", "update_call.after",
            ],
            _points.Of("points-1"));
    }

    [Fact]
    public async Task Tool_that_is_read_only_runs_before_its_only_write()
    {
        await using var executor = await TestExecutor.StartAsync(
            ToolFactory.FromMethod(() => "done", "look", policy: new ToolPolicy { ReadOnly = true }));

        await executor.CallAsync("look", id: "points-2", cancellationToken: Cancellation);

        Assert.Equal(["tool_call.before", "tool_call.after", "add_call.before", "add_call.after"], _points.Of("points-2"));
    }

    [Fact]
    public async Task Tool_that_throws_passes_both_of_its_points()
    {
        await using var executor = await TestExecutor.StartAsync(
            ToolFactory.FromMethod(string () => throw new InvalidOperationException(), "fail", policy: new ToolPolicy { ReadOnly = true }));

        await executor.CallAsync("fail", id: "points-3", cancellationToken: Cancellation);

        Assert.Equal(["tool_call.before", "tool_call.after", "add_call.before", "add_call.after"], _points.Of("points-3"));
    }

    [Fact]
    public async Task Write_that_fails_does_not_pass_its_second_point()
    {
        await using var database = await TestDatabase.OpenAsync(StorageProvider.Sqlite);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => database.Queue.RunAsync<int>("decide", "points-4", _ => throw new InvalidOperationException()));

        // Tried with the batch, and alone.
        Assert.Equal(["decide.before", "decide.before"], _points.Of("points-4"));
    }

    [Fact]
    public async Task Model_request_that_breaks_off_passes_both_of_its_points()
    {
        var round = new RoundAnswer("points-5", _ => { });

        await Assert.ThrowsAsync<OperationCanceledException>(
            () => round.RequestAsync(new CancelledModel(), new RoundRequest([], new ChatOptions()), Cancellation));

        Assert.Equal(["model_request.before", "model_request.after"], _points.Of("points-5"));
    }

    public void Dispose() => _points.Dispose();

    private sealed class CancelledModel : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new OperationCanceledException();

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new OperationCanceledException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
