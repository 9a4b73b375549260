using Microsoft.Extensions.Options;
using ToolService.Core.Tools;

namespace ToolService.Core.Execution;

/// <summary>Which tools may be used: deny wins over allow, and a request narrows and never widens.</summary>
public sealed class ToolAccess
{
    private readonly ToolPatterns _allowed;
    private readonly ToolPatterns _denied;

    /// <summary>Reads <c>Tools:Allowed</c> and <c>Tools:Denied</c>.</summary>
    public ToolAccess(IOptions<ToolsOptions> options)
    {
        var lists = options.Value;
        _allowed = lists.AllowedPatterns();
        _denied = ToolPatterns.Parse(lists.Denied);
    }

    /// <summary>Whether the tool may be used.</summary>
    /// <param name="name">The tool's name.</param>
    /// <param name="requested">What the request narrows itself to; null for everything that the service allows.</param>
    public bool IsAllowed(string name, ToolPatterns? requested = null) =>
        _allowed.Matches(name) && !_denied.Matches(name) && (requested is null || requested.Matches(name));

    /// <summary>Whether a turn may use the tool: the service's own tools are there unless they are denied.</summary>
    public bool IsAllowed(Tool tool, ToolPatterns? requested) =>
        tool.Source == ToolCatalog.TurnSource ? !_denied.Matches(tool.Name) : IsAllowed(tool.Name, requested);

    /// <summary>The tools of a catalog that may be used, by name.</summary>
    public IReadOnlyList<Tool> Filter(ToolCatalog catalog, ToolPatterns? requested = null) =>
        [.. catalog.Tools.Where(tool => IsAllowed(tool.Name, requested))];
}
