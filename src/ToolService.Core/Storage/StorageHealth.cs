using System.Data.Common;
using ToolService.Core.Storage.Writing;

namespace ToolService.Core.Storage;

/// <inheritdoc/>
internal sealed class StorageHealth(IDatabase database, WriteQueue queue) : IStorageHealth
{
    private readonly Statement<int> _probe = new(database.Probe, []);
    private readonly Lazy<string> _engine = new(() => Ask(database), LazyThreadSafetyMode.PublicationOnly);

    public string Name => "store";

    public string Engine => _engine.Value;

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // Through the queue, so that a writer that is stuck behind a dead or full disk or a dead server shows as well.
            await queue.RunAsync(null, "", session => session.Execute(_probe, 0)).WaitAsync(cancellationToken);
        }
        catch (DbException exception)
        {
            throw new StorageException($"{database.Name} does not answer.", exception);
        }
    }

    private static string Ask(IDatabase database)
    {
        using var connection = database.Open();
        return $"{database.Name} {connection.ServerVersion}";
    }
}
