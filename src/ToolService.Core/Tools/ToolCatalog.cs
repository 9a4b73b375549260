using System.Collections.Frozen;

namespace ToolService.Core.Tools;

/// <summary>The immutable, current set of tools.</summary>
public sealed class ToolCatalog
{
    /// <summary>A catalog without tools.</summary>
    public static readonly ToolCatalog Empty = new([]);

    private readonly FrozenDictionary<string, Tool> _byName;

    /// <summary>Holds these tools.</summary>
    /// <exception cref="ToolDefinitionException">Two tools have the same name; case does not tell them apart.</exception>
    public ToolCatalog(IEnumerable<Tool> tools)
    {
        Tools = [.. tools.OrderBy(tool => tool.Name, StringComparer.Ordinal)];
        var duplicate = Tools.GroupBy(tool => tool.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Skip(1).Any());
        if (duplicate is not null)
            throw new ToolDefinitionException(
                $"Tool name '{duplicate.Key}' is taken more than once (sources: {string.Join(", ", duplicate.Select(tool => tool.Source))}); names are unique whatever their case.");

        _byName = Tools.ToFrozenDictionary(tool => tool.Name, StringComparer.Ordinal);
    }

    /// <summary>Every tool, by name.</summary>
    public IReadOnlyList<Tool> Tools { get; }

    /// <summary>The tool with exactly this name; null where there is none.</summary>
    public Tool? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The names of tools that somebody who asked for this one may have meant, nearest first; empty when none is near.</summary>
    /// <param name="name">A name that no tool has, of any length.</param>
    /// <param name="limit">How many names at the most.</param>
    public IReadOnlyList<string> NearestNames(string name, int limit = 3) =>
        NameDistance.Nearest(name, Tools.Select(tool => tool.Name), limit);
}
