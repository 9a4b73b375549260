using Microsoft.Extensions.Logging;

namespace ToolService.Core.Storage.Writing;

/// <summary>
/// Group commit: callers hand over what they want written; one thread takes whatever has gathered, commits it in one transaction, then
/// releases all of them. The thread is its own because SQLite and the disk block it. A full queue makes callers wait.
/// </summary>
internal sealed class WriteQueue : IDisposable
{
    private const int DefaultCapacity = 4096;
    private const int LargestBatch = 512;

    private readonly object _gate = new();
    private readonly Queue<IWriteUnit> _waiting = new();
    private readonly SemaphoreSlim _space;
    private readonly BatchWriter _writer;
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private bool _stopping;

    /// <param name="database">Where to write.</param>
    /// <param name="logger">Where faults go.</param>
    /// <param name="capacity">How many units may wait.</param>
    public WriteQueue(IDatabase database, ILogger<WriteQueue> logger, int capacity = DefaultCapacity)
    {
        _space = new SemaphoreSlim(capacity);
        _writer = new BatchWriter(database, logger);
        _thread = new Thread(Work) { IsBackground = true, Name = "storage writer" };
        _thread.Start();
    }

    /// <summary>How many units wait for the writer.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <summary>Writes; completes when it is durable, with what the work returned.</summary>
    /// <param name="name">What is written, as <see cref="JournalPoints"/> tells it; null for what is no part of the journal.</param>
    /// <param name="subject">The id of what is written.</param>
    /// <param name="work">Writes, and tells the caller what came of it.</param>
    /// <exception cref="StorageException">The database failed, or the queue has stopped.</exception>
    public Task<T> RunAsync<T>(string? name, string subject, Func<WriteSession, T> work)
    {
        var unit = new WriteUnit<T>(name, subject, work);
        if (!_space.Wait(0))
            return RunWhenThereIsSpaceAsync(unit);

        Add(unit);
        return unit.Task;
    }

    /// <summary>Refuses new work and writes everything handed over before; completes when it is durable.</summary>
    public Task StopAsync()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }

        return _finished.Task;
    }

    public void Dispose()
    {
        _ = StopAsync();
        _thread.Join();
    }

    private async Task<T> RunWhenThereIsSpaceAsync<T>(WriteUnit<T> unit)
    {
        await _space.WaitAsync();
        Add(unit);
        return await unit.Task;
    }

    private void Add(IWriteUnit unit)
    {
        lock (_gate)
        {
            if (!_stopping)
            {
                _waiting.Enqueue(unit);
                if (_waiting.Count == 1)
                    Monitor.Pulse(_gate);
                return;
            }
        }

        _space.Release();
        unit.Fail(new StorageException("The service is stopping; nothing was written."));
    }

    private void Work()
    {
        var batch = new List<IWriteUnit>(LargestBatch);
        while (Take(batch))
        {
            _space.Release(batch.Count);
            _writer.Write(batch);
            batch.Clear();
        }

        _writer.Dispose();
        _finished.SetResult();
    }

    private bool Take(List<IWriteUnit> batch)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_stopping)
                Monitor.Wait(_gate);
            while (batch.Count < LargestBatch && _waiting.TryDequeue(out var unit))
                batch.Add(unit);
            return batch.Count > 0;
        }
    }
}
