using ToolService.Core.Storage;

namespace ToolService.Core.Tests.Storage;

public class StorageOptionsValidatorTests
{
    [Theory]
    [InlineData(StorageProvider.Sqlite, "", "Storage:ConnectionString")]
    [InlineData(StorageProvider.Sqlite, "Secret=hunter2", "Storage:ConnectionString")]
    [InlineData(StorageProvider.Sqlite, "Data Source=:memory:", "memory")]
    [InlineData(StorageProvider.Sqlite, "Data Source=a.db;Mode=ReadOnly", "read-only")]
    [InlineData(StorageProvider.PostgreSql, "Password=hunter2", "Storage:ConnectionString")]
    [InlineData(StorageProvider.PostgreSql, "Host=a;Port=hunter2", "Storage:ConnectionString")]
    [InlineData((StorageProvider)9, "Data Source=a.db", "Storage:Provider")]
    public void Setting_is_named_and_its_value_is_not_when_it_is_wrong(StorageProvider provider, string connectionString, string expected)
    {
        var result = new StorageOptionsValidator()
            .Validate(null, new StorageOptions { Provider = provider, ConnectionString = connectionString });

        Assert.Contains(expected, result.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Retention_below_a_minute_is_refused()
    {
        var result = new StorageOptionsValidator().Validate(null, new StorageOptions { HistoryRetention = TimeSpan.FromSeconds(59) });

        Assert.Contains("Storage:HistoryRetention", result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_are_valid() => Assert.True(new StorageOptionsValidator().Validate(null, new StorageOptions()).Succeeded);
}
