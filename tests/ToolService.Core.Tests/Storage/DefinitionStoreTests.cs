using Microsoft.Extensions.DependencyInjection;
using ToolService.Core.Storage;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tests.Storage;

public sealed class DefinitionStoreTests
{
    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Definition_is_found_as_it_was_added(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        var (store, definition) = (Store(database), Definition("a", "1"));

        Assert.True(await store.TryAddAsync(definition));

        Assert.Equal(definition, await store.FindAsync("http_tool", "a", TestContext.Current.CancellationToken));
        Assert.Equal([definition], await store.ListAsync("http_tool", TestContext.Current.CancellationToken));
        Assert.Equal(["a"], await store.ListNamesAsync("http_tool", TestContext.Current.CancellationToken));
        Assert.Empty(await store.ListAsync("mcp", TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Name_is_given_once(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        var store = Store(database);

        var added = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => store.TryAddAsync(Definition("a", $"{i}"))));

        Assert.Single(added, won => won);
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Change_of_what_has_changed_since_is_not_written(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        var store = Store(database);
        await store.TryAddAsync(Definition("a", "1"));

        Assert.True(await store.TryReplaceAsync(Definition("a", "2"), "1"));
        Assert.False(await store.TryReplaceAsync(Definition("a", "3"), "1"));

        Assert.Equal("2", (await store.FindAsync("http_tool", "a", TestContext.Current.CancellationToken))!.Hash);
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Removed_definition_is_gone(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        var store = Store(database);
        await store.TryAddAsync(Definition("a", "1"));

        Assert.True(await store.RemoveAsync("http_tool", "a"));
        Assert.False(await store.RemoveAsync("http_tool", "a"));

        Assert.Null(await store.FindAsync("http_tool", "a", TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Known_tool_is_replaced_by_what_was_approved(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        var store = database.Services.GetRequiredService<IKnownToolStore>();
        KnownTool first = new("far", "hello", "1", "{}", Samples.Noon, null);

        await store.SaveAsync([first, first with { Name = "bye" }]);
        await store.SaveAsync([first with { DefinitionHash = "2", ApprovedBy = "boss" }]);

        Assert.Equal(
            [("bye", "1", null), ("hello", "2", "boss")],
            (await store.ListAsync("far", TestContext.Current.CancellationToken))
                .OrderBy(tool => tool.Name).Select(tool => (tool.Name, tool.DefinitionHash, tool.ApprovedBy)));
        await store.ForgetAsync("far");
        Assert.Empty(await store.ListAsync("far", TestContext.Current.CancellationToken));
    }

    private static IDefinitionStore Store(TestDatabase database) => database.Services.GetRequiredService<IDefinitionStore>();

    private static StoredDefinition Definition(string name, string hash) => new("http_tool", name, $$"""{"version":{{hash}}}""", hash)
    {
        CreatedAt = Samples.Noon,
        UpdatedAt = Samples.Noon,
        ChangedBy = "boss",
    };
}
