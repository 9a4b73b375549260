using Microsoft.EntityFrameworkCore;
using ToolService.Core.Storage.Writing;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Storage;

/// <summary>The definitions under which sources' tools may be used, in the database.</summary>
internal sealed class KnownToolStore(WriteQueue queue, IDbContextFactory<StorageContext> contexts) : IKnownToolStore
{
    private static readonly Statement<KnownTool> Save = Statement<KnownTool>.Insert(
        "known_tools",
        [
            Column<KnownTool>.Text("source", tool => tool.Source),
            Column<KnownTool>.Text("name", tool => tool.Name),
            Column<KnownTool>.Text("definition_hash", tool => tool.DefinitionHash),
            Column<KnownTool>.Text("definition", tool => tool.Definition),
            Column<KnownTool>.Long("approved_at", tool => StoredTime.Of(tool.ApprovedAt)),
            Column<KnownTool>.Text("approved_by", tool => tool.ApprovedBy),
        ],
        """
        ON CONFLICT (source, name) DO UPDATE SET
            definition_hash = excluded.definition_hash, definition = excluded.definition,
            approved_at = excluded.approved_at, approved_by = excluded.approved_by
        """);

    private static readonly Statement<string> Forget = new(
        "DELETE FROM known_tools WHERE source = @source", [Column<string>.Text("source", source => source)]);

    public async Task<IReadOnlyList<KnownTool>> ListAsync(string source, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.KnownTools.AsNoTracking().Where(row => row.Source == source).ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.ToRecord())];
    }

    public Task SaveAsync(IReadOnlyList<KnownTool> tools) => queue.RunAsync("save_known_tools", "", session =>
    {
        foreach (var tool in tools)
            session.Execute(Save, tool);
        return tools.Count;
    });

    public Task ForgetAsync(string source) => queue.RunAsync("forget_known_tools", source, session => session.Execute(Forget, source));
}
