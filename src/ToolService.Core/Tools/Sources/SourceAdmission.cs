namespace ToolService.Core.Tools.Sources;

/// <summary>Decides which of a source's tools get into the catalog.</summary>
internal sealed class SourceAdmission(IToolSource source, SourceOfTools.Shared shared)
{
    // What was known once stays known, or a tool could come back as another one: a source that keeps inventing names must find an end.
    private const int KnownShare = 4;

    /// <summary>Tells the tools that may be used from those that are held back, and remembers those that are new.</summary>
    public async Task<AdmittedTools> AdmitAsync(SourceTools found)
    {
        List<SkippedTool> skipped = [.. found.Skipped];
        if (found.Tools.Count > shared.Options.MaxToolsPerSource)
            skipped.AddRange(found.Tools.Skip(shared.Options.MaxToolsPerSource).Select(tool => new SkippedTool(
                tool.Name, $"The source has {found.Tools.Count:N0} tools; Sources:MaxToolsPerSource is {shared.Options.MaxToolsPerSource:N0}.")));
        Tool[] tools = [.. found.Tools.Take(shared.Options.MaxToolsPerSource)];
        if (!source.IsForeign)
            return new AdmittedTools(tools, skipped, []);

        var known = (await shared.Known.ListAsync(source.Name, CancellationToken.None)).ToDictionary(tool => tool.Name, StringComparer.Ordinal);
        var isNew = known.Count == 0;
        var held = tools.Where(tool => IsHeld(tool, known, isNew)).Select(tool => Hold(tool, known.GetValueOrDefault(tool.Name))).ToList();
        var mostKnown = KnownShare * shared.Options.MaxToolsPerSource;
        var tooMany = tools.Where(tool => !known.ContainsKey(tool.Name)).Except(held.Select(one => one.Tool))
            .Skip(Math.Max(0, mostKnown - known.Count)).ToList();
        skipped.AddRange(tooMany.Select(tool => new SkippedTool(
            tool.Name,
            $"The source has had {mostKnown:N0} names of tools, the most that are remembered; remove the source and add it again.")));
        var admitted = tools.Except(held.Select(one => one.Tool)).Except(tooMany).ToList();
        KnownTool[] first = [.. admitted.Where(tool => !known.ContainsKey(tool.Name)).Select(tool => Know(tool, approvedBy: null))];
        if (first.Length > 0)
            await shared.Known.SaveAsync(first);
        return new AdmittedTools(admitted, skipped, held);
    }

    /// <summary>Puts tools into the catalog; those are told whose names others have.</summary>
    public IReadOnlyList<SkippedTool> Publish(AdmittedTools admitted) =>
        [.. shared.Registry.ReplaceFree(source.Name, admitted.Tools).Select(taken => new SkippedTool(
            taken.Tool.Name, $"Its name is taken by a tool of '{taken.Owner}'; names are unique whatever their case."))];

    /// <summary>Remembers that a definition may be used.</summary>
    public Task ApproveAsync(Tool tool, string approvedBy) => shared.Known.SaveAsync([Know(tool, approvedBy)]);

    private bool IsHeld(Tool tool, Dictionary<string, KnownTool> known, bool isNew) =>
        known.TryGetValue(tool.Name, out var before) ? before.DefinitionHash != tool.DefinitionHash : shared.Options.HoldNewTools && !isNew;

    private static HeldTool Hold(Tool tool, KnownTool? known) =>
        new(tool, known, known is null ? [] : DefinitionChanges.Between(known.Definition, ToolDefinition.Of(tool)));

    private KnownTool Know(Tool tool, string? approvedBy) =>
        new(source.Name, tool.Name, tool.DefinitionHash, ToolDefinition.Of(tool), shared.Time.GetUtcNow(), approvedBy);
}
