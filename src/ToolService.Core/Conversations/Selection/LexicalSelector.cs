namespace ToolService.Core.Conversations.Selection;

/// <summary>Selects by the words that a message shares with names, descriptions and parameters, rare words before common ones.</summary>
internal sealed class LexicalSelector : IToolSelector
{
    private const int WordsInReason = 3;

    public Task<ToolSelection> SelectAsync(SelectionRequest request, CancellationToken cancellationToken)
    {
        var query = new LexicalQuery(request.Message, request.Earlier);
        var matches = LexicalIndex.Of(request.Catalog).Rank(query, request.MayShow, request.Limit);
        return Task.FromResult(new ToolSelection([.. matches.Select(match => new SelectedTool(match.Tool.Name, Reason(match)))]));
    }

    private static string Reason(LexicalMatch match) =>
        $"lexical: {string.Join(", ", match.Words.Take(WordsInReason).Select(word => $"\"{word}\""))}";
}
