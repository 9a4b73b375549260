using System.Text.Json;
using ToolService.Core.Tools;

namespace ToolService.Api.Mcp;

/// <summary>A question that waits for its answer.</summary>
internal sealed record OpenQuestion(string Message, JsonElement Schema)
{
    private readonly TaskCompletionSource<ElicitationAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<ElicitationAnswer> Answer => _answer.Task;

    public void Give(ElicitationAnswer answer) => _answer.TrySetResult(answer);
}
