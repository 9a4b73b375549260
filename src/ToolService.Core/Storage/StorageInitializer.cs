using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ToolService.Core.Storage.Writing;

namespace ToolService.Core.Storage;

/// <summary>
/// Brings the schema up to date before any other part of the service starts, and flushes the writes after all have stopped.
/// </summary>
internal sealed partial class StorageInitializer(
    SchemaUpdate schema, IDatabase database, WriteQueue queue, IStorageHealth health, ILogger<StorageInitializer> logger)
    : IHostedLifecycleService
{
    /// <summary>Brings the schema up to date.</summary>
    /// <exception cref="StorageException">The database cannot be opened or changed.</exception>
    public Task InitializeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            schema.Run();
            LogReady(logger, health.Engine);
            return Task.CompletedTask;
        }
        catch (Exception exception) when (exception is not StorageException)
        {
            throw new StorageException($"{database.Name} cannot be opened: {exception.Message} Check Storage:ConnectionString.", exception);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => InitializeAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => queue.StopAsync().WaitAsync(cancellationToken);

    [LoggerMessage(Level = LogLevel.Information, Message = "Storage is ready: {Engine}")]
    private static partial void LogReady(ILogger logger, string engine);
}
