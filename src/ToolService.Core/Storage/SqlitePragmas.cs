using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ToolService.Core.Storage;

/// <summary>Sets up every SQLite connection: readers beside one writer, and a commit that has reached the disk.</summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    /// <summary>Does it for the connections that EF Core opens.</summary>
    public static readonly SqlitePragmas OnOpen = new();

    // The timeout comes first: switching to WAL waits for other processes too.
    private const string Sql =
        "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
        + "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 8000";

    /// <summary>Does it for one open connection.</summary>
    public static void Apply(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Sql;
        command.ExecuteNonQuery();
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Apply(connection);
        return Task.CompletedTask;
    }
}
