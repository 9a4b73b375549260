namespace ToolService.Core.Tools.Sources;

/// <summary>Sources that are there when the service begins: configured ones, and those that were added before and stored.</summary>
internal interface IInitialSources
{
    /// <summary>Adds them. The store is open; nothing is served yet, so that nothing outside this machine is reached here.</summary>
    Task AddAsync(ToolSources sources, CancellationToken cancellationToken);
}
