using Microsoft.EntityFrameworkCore;
using ToolService.Core.Storage.Writing;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Storage;

/// <summary>What was defined while the service ran, in the database.</summary>
internal sealed class DefinitionStore(WriteQueue queue, IDbContextFactory<StorageContext> contexts) : IDefinitionStore
{
    private static readonly Column<StoredDefinition>[] Key =
    [
        Column<StoredDefinition>.Text("kind", definition => definition.Kind),
        Column<StoredDefinition>.Text("name", definition => definition.Name),
    ];

    private static readonly Column<StoredDefinition>[] Changing =
    [
        Column<StoredDefinition>.Text("definition", definition => definition.Definition),
        Column<StoredDefinition>.Text("hash", definition => definition.Hash),
        Column<StoredDefinition>.Long("updated_at", definition => StoredTime.Of(definition.UpdatedAt)),
        Column<StoredDefinition>.Text("changed_by", definition => definition.ChangedBy),
    ];

    private static readonly Statement<StoredDefinition> Add = Statement<StoredDefinition>.Insert(
        "source_definitions",
        [.. Key, .. Changing, Column<StoredDefinition>.Long("created_at", definition => StoredTime.Of(definition.CreatedAt))],
        "ON CONFLICT (kind, name) DO NOTHING");

    private static readonly Statement<(StoredDefinition Definition, string Expected)> Replace =
        Statement<(StoredDefinition Definition, string Expected)>.Update(
            "source_definitions",
            [.. Changing.Select(Within)],
            "kind = @kind AND name = @name AND hash = @expected",
            [.. Key.Select(Within), Column<(StoredDefinition Definition, string Expected)>.Text("expected", change => change.Expected)]);

    private static readonly Statement<(string Kind, string Name)> Remove = new(
        "DELETE FROM source_definitions WHERE kind = @kind AND name = @name",
        [
            Column<(string Kind, string Name)>.Text("kind", key => key.Kind),
            Column<(string Kind, string Name)>.Text("name", key => key.Name),
        ]);

    public async Task<IReadOnlyList<StoredDefinition>> ListAsync(string kind, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.SourceDefinitions.AsNoTracking().Where(row => row.Kind == kind).OrderBy(row => row.Name)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.ToRecord())];
    }

    public async Task<IReadOnlyList<string>> ListNamesAsync(string kind, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.SourceDefinitions.Where(row => row.Kind == kind).OrderBy(row => row.Name).Select(row => row.Name)
            .ToListAsync(cancellationToken);
    }

    public async Task<StoredDefinition?> FindAsync(string kind, string name, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await context.SourceDefinitions.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Kind == kind && row.Name == name, cancellationToken);
        return found?.ToRecord();
    }

    public Task<bool> TryAddAsync(StoredDefinition definition) =>
        queue.RunAsync("add_definition", definition.Name, session => session.Execute(Add, definition) == 1);

    public Task<bool> TryReplaceAsync(StoredDefinition definition, string expectedHash) => queue.RunAsync(
        "replace_definition", definition.Name, session => session.Execute(Replace, (definition, expectedHash)) == 1);

    public Task<bool> RemoveAsync(string kind, string name) =>
        queue.RunAsync("remove_definition", name, session => session.Execute(Remove, (kind, name)) == 1);

    private static Column<(StoredDefinition Definition, string Expected)> Within(Column<StoredDefinition> column) =>
        column.Within<(StoredDefinition Definition, string Expected)>(change => change.Definition);
}
