namespace ToolService.Core.Conversations.Selection;

/// <summary>Selects what rules offer for a message, in the order of the rules, then by name.</summary>
internal sealed class RuleSelector(IReadOnlyList<SelectionRule> rules) : IToolSelector
{
    public Task<ToolSelection> SelectAsync(SelectionRequest request, CancellationToken cancellationToken)
    {
        var offered =
            from rule in rules
            where rule.Matches(request.Message)
            from tool in request.Tools
            where rule.Offers(tool)
            select new SelectedTool(tool.Name, $"rule: {rule.Name}");
        return Task.FromResult(new ToolSelection([.. offered.DistinctBy(tool => tool.Name).Take(request.Limit)]));
    }
}
