using System.Data.Common;
using ToolService.Core.Storage.Writing;

namespace ToolService.Core.Storage;

/// <inheritdoc/>
internal sealed class StorageHealth(IDatabase database, WriteQueue queue) : IStorageHealth
{
    private readonly Lazy<string> _engine = new(() => Ask(database), LazyThreadSafetyMode.PublicationOnly);

    public string Name => "store";

    public string Engine => _engine.Value;

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // Through the queue, so that a writer that is stuck behind a dead disk or server shows as well.
            await queue.RunAsync(session => session.First(HealthStatements.AnyCall, 0, row => row.FieldCount)).WaitAsync(cancellationToken);
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

    private static class HealthStatements
    {
        public static readonly Statement<int> AnyCall = new("SELECT seq FROM calls LIMIT 1", []);
    }
}
