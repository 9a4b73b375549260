using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ToolService.Core.Conversations;
using ToolService.Core.Execution;
using ToolService.Core.Storage;
using ToolService.Core.Storage.Writing;

namespace ToolService.Core.Tests.Storage;

/// <summary>A real database of its own, with the stores on it; gone when disposed.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("toolservice-storage-");
    private readonly string _schema = $"test_{Guid.NewGuid():N}";
    private readonly StorageProvider _provider;

    private TestDatabase(StorageProvider provider)
    {
        _provider = provider;
        ConnectionString = provider == StorageProvider.Sqlite ? $"Data Source={File}" : PostgreSql();
        Services = Build();
    }

    public static TheoryData<StorageProvider> Providers => [StorageProvider.Sqlite, StorageProvider.PostgreSql];

    public string File => Path.Combine(_folder.FullName, "data", "test.db");

    public string ConnectionString { get; }

    public ServiceProvider Services { get; }

    public ICallStore Calls => Services.GetRequiredService<ICallStore>();

    public IConversationStore Conversations => Services.GetRequiredService<IConversationStore>();

    public WriteQueue Queue => Services.GetRequiredService<WriteQueue>();

    public IDatabase Database => Services.GetRequiredService<IDatabase>();

    public StorageContext NewContext() => Services.GetRequiredService<IDbContextFactory<StorageContext>>().CreateDbContext();

    public static TestDatabase Create(StorageProvider provider) => new(provider);

    public static async Task<TestDatabase> OpenAsync(StorageProvider provider)
    {
        var database = Create(provider);
        await database.InitializeAsync();
        return database;
    }

    public Task InitializeAsync() =>
        Services.GetRequiredService<StorageInitializer>().InitializeAsync(TestContext.Current.CancellationToken);

    /// <summary>The same database as another process, or this one after a restart, sees it.</summary>
    public ServiceProvider Build() => new ServiceCollection().AddLogging().AddStorage(new ConfigurationBuilder().AddInMemoryCollection(
        [new("Storage:Provider", _provider.ToString()), new("Storage:ConnectionString", ConnectionString)]).Build()).BuildServiceProvider();

    public List<string> Rows(string sql)
    {
        using var connection = Database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join("|", Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        if (_provider == StorageProvider.PostgreSql)
            Rows($"DROP SCHEMA {_schema} CASCADE");
        await Services.DisposeAsync();
        if (_provider == StorageProvider.Sqlite)
            SqliteConnection.ClearPool(new SqliteConnection(ConnectionString));
        else
            NpgsqlConnection.ClearPool(new NpgsqlConnection(ConnectionString));
        _folder.Delete(recursive: true);
    }

    private string PostgreSql()
    {
        var server = Environment.GetEnvironmentVariable("TOOLSERVICE_TEST_POSTGRES");
        if (string.IsNullOrEmpty(server))
            Assert.Skip("TOOLSERVICE_TEST_POSTGRES names no PostgreSQL server; see .ci/postgres.");

        using var connection = new NpgsqlConnection(server);
        connection.Open();
        using var command = new NpgsqlCommand($"CREATE SCHEMA {_schema}", connection);
        command.ExecuteNonQuery();
        return new NpgsqlConnectionStringBuilder(server) { SearchPath = _schema, MaxPoolSize = 10 }.ConnectionString;
    }
}
