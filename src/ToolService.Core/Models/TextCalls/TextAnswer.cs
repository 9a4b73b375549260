using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.TextCalls;

/// <summary>One answer while it arrives: its text becomes words, thoughts and calls.</summary>
/// <param name="settings">How.</param>
/// <param name="tools">The tools on offer.</param>
internal sealed class TextAnswer(TextCallSettings settings, TextTools tools)
{
    private readonly ThoughtReader _thoughts = new(settings.Reasoning);
    private readonly TextCallReader? _reader =
        tools.IsEmpty || !(settings.IsPrompted || settings.Fallback) ? null : new(settings.Read, tools);
    private readonly List<TextPiece> _calls = [];
    private bool _hasNativeCalls;

    /// <summary>Takes a part of the answer and gives what may be passed on for it.</summary>
    public IEnumerable<AIContent> Append(AIContent content)
    {
        _hasNativeCalls |= content is FunctionCallContent;
        return content is TextContent text && text.GetType() == typeof(TextContent) ? Read(_thoughts.Append(text.Text)) : [content];
    }

    /// <summary>Says that the answer has ended and gives what was held back.</summary>
    public IEnumerable<AIContent> Complete()
    {
        foreach (var content in Read(_thoughts.Complete()))
            yield return content;
        if (_reader is null)
            yield break;

        foreach (var content in Pass(_reader.Complete()))
            yield return content;
        foreach (var piece in _calls)
            if (ToContent(piece) is { } content)
                yield return content;
    }

    private IEnumerable<AIContent> Read((string Thought, string Words) words)
    {
        if (words.Thought.Length > 0)
            yield return new TextReasoningContent(words.Thought);
        if (words.Words.Length == 0)
            yield break;

        foreach (var content in _reader is null ? [new TextContent(words.Words)] : Pass(_reader.Append(words.Words)))
            yield return content;
    }

    // Calls come last. With native calling, so does what is behind them: only the end tells whether they are calls or just words.
    private IEnumerable<AIContent> Pass(IReadOnlyList<TextPiece> pieces)
    {
        foreach (var piece in pieces)
        {
            if (piece is TextPiece.Call || (_calls.Count > 0 && !settings.IsPrompted))
                _calls.Add(piece);
            else if (ToContent(piece) is { } content)
                yield return content;
        }
    }

    private AIContent? ToContent(TextPiece piece) => piece switch
    {
        TextPiece.Thought thought when settings.Reasoning is TextReasoning.None => new TextContent(thought.Text),
        TextPiece.Thought thought => new TextReasoningContent(thought.Text),
        TextPiece.Call { Source: var source } when _hasNativeCalls => source.Length > 0 ? new TextContent(source) : null,
        TextPiece.Call call => ToolCallArguments.ToCall(Ids.NewCall(), call.Name, call.Arguments),
        TextPiece.Words words => new TextContent(words.Text),
        _ => null,
    };
}
