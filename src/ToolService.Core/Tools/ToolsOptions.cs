namespace ToolService.Core.Tools;

/// <summary>Which tools may be used, and how: <c>Tools</c>. The lists hold name patterns, see <see cref="ToolPatterns"/>.</summary>
public sealed class ToolsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Tools";

    /// <summary>The tools that may be used. Default <c>*</c>: every tool, as also when the list is empty.</summary>
    // Configuration appends to a list's default, so that a default of "*" could never be narrowed.
    public List<string> Allowed { get; } = [];

    /// <summary>The tools that may not be used, whatever <see cref="Allowed"/> says. Default none.</summary>
    public List<string> Denied { get; } = [];

    /// <summary>
    /// The tools whose calls a person must approve, besides those that say so themselves. Default none. A turn's own tools, such as the
    /// search for tools, are not meant; <see cref="Policies"/> can name them.
    /// </summary>
    public List<string> RequireConfirmation { get; } = [];

    /// <summary>Whether <c>format</c> is enforced in the schemas of all tools, see <see cref="ToolPolicy.AssertFormats"/>. Default false.</summary>
    public bool AssertFormats { get; set; }

    /// <summary>Changes to single tools' policies, by the tool's name. A name that no tool has, or not yet, does nothing.</summary>
    public Dictionary<string, ToolPolicyOptions> Policies { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary><see cref="Allowed"/>, compiled, with its default.</summary>
    /// <exception cref="FormatException">A pattern is malformed.</exception>
    public ToolPatterns AllowedPatterns() => ToolPatterns.Parse(Allowed.Count == 0 ? ["*"] : Allowed);

    /// <summary>The tool under the policy that these options give it.</summary>
    /// <exception cref="FormatException">A pattern of <see cref="RequireConfirmation"/> is malformed.</exception>
    public Tool Apply(Tool tool)
    {
        ArgumentNullException.ThrowIfNull(tool);
        var policy = tool.Policy;
        if (tool.Source != ToolCatalog.TurnSource && ToolPatterns.Parse(RequireConfirmation).Matches(tool.Name))
            policy = policy with { RequiresConfirmation = true };
        if (AssertFormats)
            policy = policy with { AssertFormats = true };
        if (Policies.TryGetValue(tool.Name, out var changes))
            policy = changes.ApplyTo(policy);
        return policy == tool.Policy ? tool : tool.With(policy);
    }
}
