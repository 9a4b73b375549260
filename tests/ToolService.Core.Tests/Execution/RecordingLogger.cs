using Microsoft.Extensions.Logging;
using ToolService.Core.Execution;

namespace ToolService.Core.Tests.Execution;

/// <summary>Tells when something was logged.</summary>
internal sealed class RecordingLogger : ILogger<SafeExecutor>
{
    private const int AbandonedToolEndedId = 3;
    private readonly TaskCompletionSource<Exception?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when an abandoned tool has ended, with what it threw.</summary>
    public Task<Exception?> AbandonedToolEnded => _ended.Task;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id == AbandonedToolEndedId)
            _ended.TrySetResult(exception);
    }
}
