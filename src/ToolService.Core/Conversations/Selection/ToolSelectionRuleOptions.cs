namespace ToolService.Core.Conversations.Selection;

/// <summary>Offers certain tools when a message says certain things: <c>Chat:ToolSelection:Rules:{n}</c>.</summary>
public sealed class ToolSelectionRuleOptions
{
    /// <summary>What the turn's record calls the rule. Default none: what <see cref="When"/> says.</summary>
    public string? Name { get; set; }

    /// <summary>
    /// A regular expression (.NET, without backreferences and lookarounds) that is found somewhere in the message; case does not count.
    /// Required.
    /// </summary>
    public string When { get; set; } = "";

    /// <summary>Name patterns of the tools that are offered then, see <see cref="Tools.ToolPatterns"/>; at least one.</summary>
    public List<string> Offer { get; } = [];
}
