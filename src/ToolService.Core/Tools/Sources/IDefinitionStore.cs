namespace ToolService.Core.Tools.Sources;

/// <summary>Keeps what was defined while the service ran. A write is durable when its task completes; faults throw.</summary>
public interface IDefinitionStore
{
    /// <summary>All of a kind, by name.</summary>
    Task<IReadOnlyList<StoredDefinition>> ListAsync(string kind, CancellationToken cancellationToken);

    /// <summary>The names of all of a kind, in their order.</summary>
    Task<IReadOnlyList<string>> ListNamesAsync(string kind, CancellationToken cancellationToken);

    /// <summary>One; null where there is none.</summary>
    Task<StoredDefinition?> FindAsync(string kind, string name, CancellationToken cancellationToken);

    /// <summary>Adds one; false, and nothing written, where its kind has the name.</summary>
    Task<bool> TryAddAsync(StoredDefinition definition);

    /// <summary>Replaces one, if its hash is still <paramref name="expectedHash"/>; otherwise false, and nothing is written.</summary>
    Task<bool> TryReplaceAsync(StoredDefinition definition, string expectedHash);

    /// <summary>Removes one; false where there is none.</summary>
    Task<bool> RemoveAsync(string kind, string name);
}
