namespace ToolService.Core.Tools.Sources;

/// <summary>A place that tools come from and that may have to be reached first. Safe to use from any thread.</summary>
public interface IToolSource : IAsyncDisposable
{
    /// <summary>Its name, unique; the <see cref="Tool.Source"/> of its tools.</summary>
    string Name { get; }

    /// <summary>What it is, such as <c>mcp</c>.</summary>
    string Kind { get; }

    /// <summary>How the names of all its tools begin; null where they have nothing in common.</summary>
    string? Prefix { get; }

    /// <summary>
    /// Whether others decide what its tools are. A tool of such a source whose definition is no longer the one that was known is held back until
    /// it is approved.
    /// </summary>
    bool IsForeign { get; }

    /// <summary>The source's tools have changed and are to be loaded again. It may be raised as often as the other side likes.</summary>
    event Action? Changed;

    /// <summary>Reaches the source, where that is needed, and lists its tools. Not called again before it has ended.</summary>
    /// <exception cref="ToolException">It cannot; the message is shown to whoever may see the source.</exception>
    /// <exception cref="ToolDefinitionException">The same.</exception>
    Task<SourceTools> LoadAsync(CancellationToken cancellationToken);
}
