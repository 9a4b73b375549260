using Microsoft.Extensions.AI;

namespace ToolService.Core.Conversations.Selection;

/// <summary>
/// Keeps the tools that the session has called, the latest first: the history with their calls stays sensible, and "and tomorrow?" finds
/// the tool it needs. At most half of the limit, so that a long session does not end with yesterday's tools alone.
/// </summary>
internal sealed class UsedSelector : IToolSelector
{
    public Task<ToolSelection> SelectAsync(SelectionRequest request, CancellationToken cancellationToken)
    {
        var used = request.Earlier.Reverse()
            .SelectMany(message => message.Contents.OfType<FunctionCallContent>().Reverse())
            .Select(call => call.Name)
            .Distinct(StringComparer.Ordinal)
            .Where(name => request.Catalog.Find(name) is { } tool && request.MayShow(tool))
            .Take((request.Limit + 1) / 2);
        return Task.FromResult(new ToolSelection([.. used.Select(name => new SelectedTool(name, "used before"))]));
    }
}
