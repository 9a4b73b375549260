using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using ToolService.Core.Storage.Migrations;

namespace ToolService.Core.Storage;

/// <summary>
/// Brings the schema up to date, in one transaction that no other process can hold at the same time: killed half way, nothing has happened.
/// (EF Core's own migration takes a lock row in SQLite, and waits for ever where a killed process left one.) An up-to-date database costs
/// two small queries, without EF Core.
/// </summary>
internal sealed class SchemaUpdate(IDatabase database, IDbContextFactory<StorageContext> contexts)
{
    /// <summary>The migration that this version of the service needs.</summary>
    public const string Latest = Elicitations.Id;

    /// <summary>Does it.</summary>
    /// <exception cref="StorageException">A newer version of the service made the database.</exception>
    public void Run()
    {
        database.Prepare();
        using var connection = database.Open();
        if (Applied(connection) == Latest)
            return;

        using var transaction = database.BeginExclusive(connection);
        var applied = Applied(connection);
        if (applied != Latest)
        {
            using var command = Command(connection, Script(applied));
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private string? Applied(DbConnection connection)
    {
        using var count = Command(connection, database.CountHistoryTables);
        if (count.ExecuteScalar() is 0L)
            return null;

        using var newest = Command(connection, """SELECT max("MigrationId") FROM "__EFMigrationsHistory" """);
        var applied = newest.ExecuteScalar() as string;
        return string.CompareOrdinal(applied, Latest) <= 0
            ? applied
            : throw new StorageException(
                "The database was made by a newer version of the service. "
                + "Run that version, or point Storage:ConnectionString at another database.");
    }

    private string Script(string? applied)
    {
        using var context = contexts.CreateDbContext();
        return context.GetService<IMigrator>()
            .GenerateScript(applied ?? Migration.InitialDatabase, Latest, MigrationsSqlGenerationOptions.NoTransactions);
    }

    private static DbCommand Command(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
