using ToolService.Core.Conversations.Selection;
using ToolService.Core.Tools;

namespace ToolService.Benchmarks;

/// <summary>
/// What is compared with: the first tools of the catalog, by name, whose name or description shares a word with the message. Words are runs
/// of letters and digits in lower case, of three characters at least.
/// </summary>
internal sealed class AnySharedWord : IToolSelector
{
    private const int ShortestWord = 3;
    private readonly Dictionary<Tool, HashSet<string>> _words = [];

    public Task<ToolSelection> SelectAsync(SelectionRequest request, CancellationToken cancellationToken)
    {
        var said = WordsOf(request.Message);
        var shared = request.Tools.Where(tool => Words(tool).Overlaps(said)).Take(request.Limit);
        return Task.FromResult(new ToolSelection([.. shared.Select(tool => new SelectedTool(tool.Name, "shares a word"))]));
    }

    private HashSet<string> Words(Tool tool)
    {
        if (!_words.TryGetValue(tool, out var words))
            _words[tool] = words = WordsOf($"{tool.Name} {tool.Description}");
        return words;
    }

    private static HashSet<string> WordsOf(string text) =>
    [
        .. new string([.. text.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length >= ShortestWord),
    ];
}
