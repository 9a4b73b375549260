namespace ToolService.Core.Tools.Sources;

/// <summary>The sources of a kind that were added while the service ran, and can be removed so.</summary>
public interface IRemovableSources
{
    /// <summary>The <see cref="IToolSource.Kind"/>.</summary>
    string Kind { get; }

    /// <summary>Removes one with its tools, for ever; false where it is not one that was added while the service ran.</summary>
    Task<bool> RemoveAsync(string name);
}
