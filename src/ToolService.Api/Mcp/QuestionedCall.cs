using System.Threading.Channels;
using ToolService.Core.Execution;
using ToolService.Core.Tools;

namespace ToolService.Api.Mcp;

/// <summary>
/// A call of the newer generation, whose questions end its requests: it goes on in this process while the client asks its user, and the
/// next request brings the answer.
/// </summary>
internal sealed class QuestionedCall : IDisposable
{
    private readonly Channel<OpenQuestion> _questions = Channel.CreateUnbounded<OpenQuestion>();
    private readonly CancellationTokenSource _stop = new();
    private volatile ProgressNotes? _progress;

    /// <summary>Who called.</summary>
    public required string Owner { get; init; }

    /// <summary>The call.</summary>
    public required ToolCall Call { get; init; }

    /// <summary>The call's outcome.</summary>
    public Task<ToolResult> Result { get; private set; } = null!;

    /// <summary>Starts the call.</summary>
    public void Start(Func<CancellationToken, Task<ToolResult>> run) => Result = run(_stop.Token);

    /// <summary>Hears of the call's progress, while a request of the client waits for it.</summary>
    public void Hear(ToolProgress progress) => _progress?.Add(progress);

    /// <summary>Asks, and waits for the request that brings the answer.</summary>
    public async Task<ElicitationAnswer> AskAsync(Elicitation elicitation, CancellationToken cancellationToken)
    {
        OpenQuestion question = new(elicitation.Message, elicitation.Schema);
        _questions.Writer.TryWrite(question);
        return await question.Answer.WaitAsync(cancellationToken);
    }

    /// <summary>Waits until the call has ended or asks; null where it has ended. Leaving stops the call.</summary>
    public async Task<OpenQuestion?> NextQuestionAsync(ProgressNotes? progress, CancellationToken cancellationToken)
    {
        _progress = progress;
        try
        {
            await using var leaving = cancellationToken.Register(_stop.Cancel);
            var asked = _questions.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
            await Task.WhenAny(Result, asked);
            return !Result.IsCompleted && _questions.Reader.TryRead(out var question) ? question : null;
        }
        finally
        {
            _progress = null;
        }
    }

    public void Dispose() => _stop.Dispose();
}
