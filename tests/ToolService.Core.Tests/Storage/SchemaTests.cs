using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using ToolService.Core.Storage;
using ToolService.Core.Storage.Migrations;

namespace ToolService.Core.Tests.Storage;

public class SchemaTests
{
    private const string SqliteSchema =
        "SELECT type, name, sql FROM sqlite_master WHERE tbl_name <> '__EFMigrationsHistory' ORDER BY type, name";

    private const string PostgreSqlSchema = """
        SELECT 'column', table_name, column_name, data_type, is_nullable, collation_name, is_identity, identity_generation
        FROM information_schema.columns WHERE table_schema = current_schema() AND table_name <> '__EFMigrationsHistory'
        UNION ALL
        SELECT 'index', tablename, indexname, replace(indexdef, current_schema() || '.', ''), '', '', '', ''
        FROM pg_indexes WHERE schemaname = current_schema() AND tablename <> '__EFMigrationsHistory'
        UNION ALL
        SELECT 'constraint', conname, replace(pg_get_constraintdef(oid), current_schema() || '.', ''), '', '', '', '', ''
        FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND conname NOT LIKE '%EFMigrations%'
        ORDER BY 1, 2, 3
        """;

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Migrations_make_what_the_model_describes(StorageProvider provider)
    {
        await using var migrated = await TestDatabase.OpenAsync(provider);
        await using var created = TestDatabase.Create(provider);
        created.Database.Prepare();
        await using (var context = created.NewContext())
            await context.Database.ExecuteSqlRawAsync(context.Database.GenerateCreateScript(), TestContext.Current.CancellationToken);

        var sql = provider == StorageProvider.Sqlite ? SqliteSchema : PostgreSqlSchema;
        var expected = created.Rows(sql);
        Assert.True(expected.Count > 20);
        Assert.Equal(expected.Select(Unordered), migrated.Rows(sql).Select(Unordered));
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Newest_migration_is_the_one_that_is_applied(StorageProvider provider)
    {
        await using var database = TestDatabase.Create(provider);
        await using var context = database.NewContext();

        Assert.Equal(SchemaUpdate.Latest, context.Database.GetMigrations().Last());
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Schema_is_made_once_when_many_start_at_the_same_time(StorageProvider provider)
    {
        await using var database = TestDatabase.Create(provider);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var process = database.Build();
            await ((StorageInitializer)process.GetService(typeof(StorageInitializer))!)
                .InitializeAsync(TestContext.Current.CancellationToken);
        })));

        var migrations = typeof(Initial).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Migration)))
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()!.Id).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(SchemaUpdate.Latest, migrations[^1]);
        Assert.Equal(migrations, database.Rows("""SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY 1"""));
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Start_is_refused_when_a_newer_version_made_the_database(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        database.Rows("""INSERT INTO "__EFMigrationsHistory" VALUES ('29991231000000_Future', '10.0.0')""");

        var exception = await Assert.ThrowsAsync<StorageException>(database.InitializeAsync);

        Assert.Contains("newer version", exception.Message, StringComparison.Ordinal);
    }

    // Both describe the same columns, in an order that does not matter: the last one has the bracket that closes the table.
    private static string Unordered(string definition) =>
        string.Join(",", definition.Split(['\n', ','], StringSplitOptions.TrimEntries).Select(part => part.TrimEnd(')'))
            .Where(part => part != "").Order(StringComparer.Ordinal));
}
