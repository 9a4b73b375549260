using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ToolService.Core.Storage;

/// <summary>Checks the settings; says which one is wrong and never what a connection string holds.</summary>
internal sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    private static readonly TimeSpan ShortestRetention = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        string?[] errors = [ConnectionStringError(options), RetentionError(options.HistoryRetention)];
        string[] found = [.. errors.OfType<string>()];
        return found.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    private static string? ConnectionStringError(StorageOptions options) => options.Provider switch
    {
        StorageProvider.Sqlite => SqliteError(options.ConnectionString),
        StorageProvider.PostgreSql => PostgreSqlError(options.ConnectionString),
        _ => $"Storage:Provider must be one of {string.Join(", ", Enum.GetNames<StorageProvider>())}.",
    };

    private static string? SqliteError(string connectionString)
    {
        const string Hint = "Storage:ConnectionString must name a SQLite database file, such as 'Data Source=data/toolservice.db'";
        if (!TryParse<SqliteConnectionStringBuilder>(connectionString, out var parsed) || string.IsNullOrWhiteSpace(parsed.DataSource))
            return Hint + ".";
        if (parsed.Mode == SqliteOpenMode.ReadOnly)
            return Hint + ", and must not open it read-only.";
        var notAFile = parsed.DataSource.StartsWith(':') || parsed.DataSource.StartsWith("file:", StringComparison.Ordinal);
        return notAFile || parsed.Mode == SqliteOpenMode.Memory
            ? Hint + "; a database in memory or a file: URI is not supported."
            : null;
    }

    private static string? PostgreSqlError(string connectionString) =>
        TryParse<NpgsqlConnectionStringBuilder>(connectionString, out var parsed) && !string.IsNullOrWhiteSpace(parsed.Host)
            ? null
            : "Storage:ConnectionString must name a PostgreSQL server, such as "
              + "'Host=localhost;Database=toolservice;Username=toolservice;Password=…'.";

    private static string? RetentionError(TimeSpan? retention) =>
        retention < ShortestRetention ? "Storage:HistoryRetention must be at least 00:01:00, or absent to keep the history forever." : null;

    private static bool TryParse<T>(string connectionString, out T parsed)
        where T : DbConnectionStringBuilder, new()
    {
        parsed = new T();
        try
        {
            parsed.ConnectionString = connectionString;
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            return false;
        }
    }
}
