using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ToolService.Core.Storage;

namespace ToolService.Core.Tests.Storage;

public class StorageHealthTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Check_passes_until_the_store_stops(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        var health = database.Services.GetRequiredService<IStorageHealth>();
        await health.CheckAsync(Token);

        await database.Queue.StopAsync();

        await Assert.ThrowsAsync<StorageException>(() => health.CheckAsync(Token));
    }

    [Fact]
    public async Task Check_reaches_the_disk_so_that_a_full_one_shows()
    {
        await using var database = await TestDatabase.OpenAsync(StorageProvider.Sqlite);
        var health = database.Services.GetRequiredService<IStorageHealth>();
        await health.CheckAsync(Token);
        var log = new FileInfo($"{database.File}-wal");
        var before = log.Length;

        await health.CheckAsync(Token);

        log.Refresh();
        Assert.True(log.Length > before, $"{before} bytes before, {log.Length} after.");
    }

    [Fact]
    public async Task Every_sqlite_connection_is_set_up_alike()
    {
        await using var database = await TestDatabase.OpenAsync(StorageProvider.Sqlite);
        const string Settings =
            "SELECT (SELECT journal_mode FROM pragma_journal_mode), (SELECT synchronous FROM pragma_synchronous), "
            + "(SELECT foreign_keys FROM pragma_foreign_keys), (SELECT timeout FROM pragma_busy_timeout)";
        await using var context = database.NewContext();
        await context.Database.OpenConnectionAsync(Token);
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = Settings;
        await using var reader = await command.ExecuteReaderAsync(Token);
        Assert.True(await reader.ReadAsync(Token));

        Assert.Equal("wal|2|1|10000", $"{reader.GetString(0)}|{reader.GetInt32(1)}|{reader.GetInt32(2)}|{reader.GetInt32(3)}");
        Assert.Equal(["wal|2|1|10000"], database.Rows(Settings));
    }

    [Fact]
    public async Task Sqlite_is_the_systems_own_where_it_has_one()
    {
        if (!NativeLibrary.TryLoad("libsqlite3.so.0", out var handle))
            Assert.Skip("This system has no libsqlite3.");
        var version = Marshal.PtrToStringUTF8(Call(NativeLibrary.GetExport(handle, "sqlite3_libversion")));
        await using var database = await TestDatabase.OpenAsync(StorageProvider.Sqlite);

        Assert.Equal($"SQLite {version}", database.Services.GetRequiredService<IStorageHealth>().Engine);
    }

    [Fact]
    public async Task Start_fails_without_telling_the_password_when_the_server_is_not_there()
    {
        await using var services = new ServiceCollection().AddLogging().AddStorage(new ConfigurationManager
        {
            ["Storage:Provider"] = "PostgreSql",
            ["Storage:ConnectionString"] = "Host=127.0.0.1;Port=1;Username=u;Password=hunter2",
        }).BuildServiceProvider();

        var exception =
            await Assert.ThrowsAsync<StorageException>(() => services.GetRequiredService<StorageInitializer>().InitializeAsync(Token));

        Assert.Contains("Storage:ConnectionString", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", exception.ToString(), StringComparison.Ordinal);
    }

    private static nint Call(nint function) => Marshal.GetDelegateForFunctionPointer<Version>(function)();

    private delegate nint Version();
}
