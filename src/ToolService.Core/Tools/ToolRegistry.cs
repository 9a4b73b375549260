using Microsoft.Extensions.Options;

namespace ToolService.Core.Tools;

/// <summary>Holds the current <see cref="ToolCatalog"/> and swaps it whole when a source changes. Safe to use from any thread.</summary>
/// <param name="options">What the operator says of single tools; applied to whatever a source brings.</param>
public sealed class ToolRegistry(IOptions<ToolsOptions> options)
{
    private readonly Lock _writing = new();
    private volatile ToolCatalog _current = ToolCatalog.Empty;

    /// <summary>The catalog as it is now. Read it once per piece of work: it never changes under the reader.</summary>
    public ToolCatalog Current => _current;

    /// <summary>Makes these the source's tools, instead of those it had before.</summary>
    /// <exception cref="ToolDefinitionException">Another source has a tool of the same name; the catalog stays as it was.</exception>
    public void Replace(string source, IEnumerable<Tool> tools)
    {
        lock (_writing)
            _current = new ToolCatalog([.. _current.Tools.Where(tool => tool.Source != source), .. tools.Select(options.Value.Apply)]);
    }
}
