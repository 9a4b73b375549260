using System.Collections.Frozen;

namespace ToolService.Core.Tools;

/// <summary>The immutable, current set of tools.</summary>
public sealed class ToolCatalog
{
    /// <summary>A catalog without tools.</summary>
    public static readonly ToolCatalog Empty = new([]);

    /// <summary>The source of the service's own tools, which only models have, and only in a turn.</summary>
    public const string TurnSource = "turn";

    private readonly FrozenDictionary<string, Tool> _byName;
    private readonly FrozenDictionary<string, Tool> _turnTools;

    /// <summary>Holds these tools. Those of <see cref="TurnSource"/> are set apart, and give way to others of their name.</summary>
    /// <exception cref="ToolDefinitionException">Two tools have the same name; case does not tell them apart.</exception>
    public ToolCatalog(IEnumerable<Tool> tools)
    {
        var parts = tools.ToLookup(tool => tool.Source == TurnSource);
        Tools = [.. parts[false].OrderBy(tool => tool.Name, StringComparer.Ordinal)];
        var duplicate = Tools.GroupBy(tool => tool.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Skip(1).Any());
        if (duplicate is not null)
            throw new ToolDefinitionException(
                $"Tool name '{duplicate.Key}' is taken more than once (sources: {string.Join(", ", duplicate.Select(tool => tool.Source))}); names are unique whatever their case.");

        _byName = Tools.ToFrozenDictionary(tool => tool.Name, StringComparer.Ordinal);
        _turnTools = parts[true].ToFrozenDictionary(tool => tool.Name, StringComparer.Ordinal);
    }

    /// <summary>Every tool, by name.</summary>
    public IReadOnlyList<Tool> Tools { get; }

    /// <summary>The tool with exactly this name; null where there is none.</summary>
    public Tool? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The same in a turn, where there are the service's own tools as well.</summary>
    public Tool? FindInTurn(string name) => Find(name) ?? _turnTools.GetValueOrDefault(name);

    /// <summary>Every tool, the service's own included.</summary>
    internal IEnumerable<Tool> All => Tools.Concat(_turnTools.Values);

    /// <summary>The names of tools that somebody who asked for this one may have meant, nearest first; empty when none is near.</summary>
    /// <param name="name">A name that no tool has, of any length.</param>
    /// <param name="limit">How many names at the most.</param>
    public IReadOnlyList<string> NearestNames(string name, int limit = 3) =>
        NameDistance.Nearest(name, Tools.Select(tool => tool.Name), limit);
}
