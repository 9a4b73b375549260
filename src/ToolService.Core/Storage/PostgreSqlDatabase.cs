using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ToolService.Core.Storage;

/// <summary>A database on a PostgreSQL server.</summary>
/// <param name="connectionString">Names it.</param>
internal sealed class PostgreSqlDatabase(string connectionString) : IDatabase
{
    // An arbitrary number that no other application on the same database should use.
    private const long SchemaLock = 0x746F6F6C73766300;

    public string Name => "PostgreSQL";

    public string CountHistoryTables =>
        "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = '__EFMigrationsHistory'";

    public string Probe => "SELECT 1";

    public void Prepare()
    {
        // The database exists before the service is pointed at it.
    }

    public DbConnection Open()
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public DbTransaction BeginExclusive(DbConnection connection)
    {
        var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT pg_advisory_xact_lock({SchemaLock})";
        command.ExecuteNonQuery();
        return transaction;
    }

    public void Configure(DbContextOptionsBuilder builder) => builder.UseNpgsql(connectionString);
}
