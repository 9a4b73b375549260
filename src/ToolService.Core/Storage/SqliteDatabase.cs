using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ToolService.Core.Storage;

/// <summary>A SQLite file.</summary>
internal sealed class SqliteDatabase : IDatabase
{
    private readonly string _file;
    private readonly string _readers;
    private readonly string _writer;

    /// <param name="connectionString">Names the file.</param>
    /// <param name="folder">Where a relative path starts.</param>
    public SqliteDatabase(string connectionString, string folder)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString);
        builder.DataSource = _file = Path.GetFullPath(builder.DataSource, folder);
        _readers = builder.ConnectionString;
        builder.Pooling = false;
        _writer = builder.ConnectionString;
    }

    public string Name => "SQLite";

    public string CountHistoryTables => "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsHistory'";

    public string Probe => "PRAGMA user_version = 0";

    public void Prepare() => Directory.CreateDirectory(Path.GetDirectoryName(_file)!);

    public DbConnection Open()
    {
        var connection = new SqliteConnection(_writer);
        try
        {
            connection.Open();
            SqlitePragmas.Apply(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public DbTransaction BeginExclusive(DbConnection connection) => connection.BeginTransaction();

    public void Configure(DbContextOptionsBuilder builder) => builder.UseSqlite(_readers).AddInterceptors(SqlitePragmas.OnOpen);
}
