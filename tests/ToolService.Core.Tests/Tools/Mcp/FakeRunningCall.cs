using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Tools.Mcp;

/// <summary>A call as a tool sees it, which remembers what the tool told and asked.</summary>
internal sealed class FakeRunningCall : IRunningCall
{
    private readonly TaskCompletionSource _reported = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string CallId { get; init; } = "call_1";

    public string Owner => "tester";

    public string? SessionId => null;

    public string? TurnId => null;

    public List<ToolProgress> Reports { get; } = [];

    public Task Reported => _reported.Task;

    public List<Elicitation> Questions { get; } = [];

    public Func<Elicitation, ElicitationAnswer> Answer { get; init; } = _ => new ElicitationAnswer(ElicitationAction.Cancel);

    public void Report(ToolProgress progress)
    {
        lock (Reports)
            Reports.Add(progress);
        _reported.TrySetResult();
    }

    public Task<ElicitationAnswer> ElicitAsync(Elicitation request, CancellationToken cancellationToken)
    {
        lock (Questions)
            Questions.Add(request);
        return Task.FromResult(Answer(request));
    }
}
