using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ToolService.Core.Tools;

/// <summary>Holds the current <see cref="ToolCatalog"/> and swaps it whole when a source changes. Safe to use from any thread.</summary>
/// <param name="options">What the operator says of single tools; applied to whatever a source brings.</param>
/// <param name="logger">Is told what was changed in tools' schemas; null for nobody.</param>
public sealed class ToolRegistry(IOptions<ToolsOptions> options, ILogger<ToolRegistry>? logger = null)
{
    private readonly Lock _writing = new();
    private readonly ILogger _logger = logger ?? NullLogger<ToolRegistry>.Instance;
    private volatile ToolCatalog _current = ToolCatalog.Empty;

    /// <summary>The catalog as it is now. Read it once per piece of work: it never changes under the reader.</summary>
    public ToolCatalog Current => _current;

    /// <summary>The catalog is another one now. Handlers must not take long: they run before <see cref="Replace"/> returns.</summary>
    public event Action? Changed;

    /// <summary>Makes these the source's tools, instead of those it had before.</summary>
    /// <exception cref="ToolDefinitionException">Another source has a tool of the same name; the catalog stays as it was.</exception>
    public void Replace(string source, IEnumerable<Tool> tools) => Change(source, tools, (_, applied) => applied);

    /// <summary>The same, without the tools whose names are taken; those are returned, with the source that has the name.</summary>
    public IReadOnlyList<(Tool Tool, string Owner)> ReplaceFree(string source, IEnumerable<Tool> tools)
    {
        List<(Tool, string)> taken = [];
        Change(source, tools, (others, applied) =>
        {
            var owners = others.ToDictionary(tool => tool.Name, tool => tool.Source, StringComparer.OrdinalIgnoreCase);
            List<Tool> free = [];
            foreach (var tool in applied)
            {
                if (owners.TryAdd(tool.Name, source))
                    free.Add(tool);
                else
                    taken.Add((tool, owners[tool.Name]));
            }

            return free;
        });
        return taken;
    }

    private void Change(string source, IEnumerable<Tool> tools, Func<IEnumerable<Tool>, List<Tool>, List<Tool>> choose)
    {
        List<Tool> applied = [.. tools.Select(options.Value.Apply)];
        ToolCatalog before;
        lock (_writing)
        {
            before = _current;
            Tool[] others = [.. before.All.Where(tool => tool.Source != source)];
            applied = choose(others.Where(tool => tool.Source != ToolCatalog.TurnSource), applied);
            _current = new ToolCatalog([.. others, .. applied]);
        }

        // A source that lists its tools again says nothing new of those that stayed the same.
        foreach (var tool in applied.Where(tool => tool.SchemaChanges.Count > 0 && before.Find(tool.Name)?.DefinitionHash != tool.DefinitionHash))
            ToolLog.SchemaChanged(_logger, tool);
        Changed?.Invoke();
    }
}
