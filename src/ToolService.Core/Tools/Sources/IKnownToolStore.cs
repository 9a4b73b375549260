namespace ToolService.Core.Tools.Sources;

/// <summary>Remembers under which definitions sources' tools may be used. A write is durable when its task completes; faults throw.</summary>
public interface IKnownToolStore
{
    /// <summary>What is known of a source's tools.</summary>
    Task<IReadOnlyList<KnownTool>> ListAsync(string source, CancellationToken cancellationToken);

    /// <summary>Makes these the known definitions of their tools, instead of earlier ones.</summary>
    Task SaveAsync(IReadOnlyList<KnownTool> tools);

    /// <summary>Forgets a source's tools.</summary>
    Task ForgetAsync(string source);
}
