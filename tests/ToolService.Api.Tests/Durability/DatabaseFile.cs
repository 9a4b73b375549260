using Microsoft.Data.Sqlite;

namespace ToolService.Api.Tests.Durability;

/// <summary>A service's database, as something else than the service reaches it.</summary>
internal static class DatabaseFile
{
    /// <summary>Changes it; how many rows.</summary>
    public static int Change(TestService service, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(service.DataFolder, "toolservice.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }
}
