namespace ToolService.Core.Storage.Writing;

/// <inheritdoc/>
/// <param name="name">What is written; null for what is no part of the journal.</param>
/// <param name="subject">The id of what is written.</param>
/// <param name="work">Writes, and tells the caller what came of it.</param>
internal sealed class WriteUnit<T>(string? name, string subject, Func<WriteSession, T> work) : IWriteUnit
{
    // The caller goes on within SetResult: BatchRelease sees to it that this is never the writer's thread.
    private readonly TaskCompletionSource<T> _completion = new();
    private T _result = default!;

    public string? Name => name;

    public string Subject => subject;

    public Task<T> Task => _completion.Task;

    public void Run(WriteSession session) => _result = work(session);

    public void Complete() => _completion.SetResult(_result);

    public void Fail(Exception fault) => _completion.SetException(fault);
}
