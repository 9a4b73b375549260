namespace ToolService.Core.Models.TextCalls.Formats;

/// <summary>Calls as elements with a name in one that is around all of them, of MiniMax M2, DeepSeek 3.2, dots and others.</summary>
/// <param name="name">The format's name.</param>
/// <param name="tags">The tags of a call.</param>
/// <param name="wrappers">The names of the elements around the calls.</param>
internal sealed class InvokeFormat(string name, InvokeTags tags, params string[] wrappers) : ITextCallFormat
{
    public string Name => name;

    public IReadOnlyList<TextCallMarker> Markers { get; } = [.. wrappers.Select(wrapper => new TextCallMarker($"<{wrapper}>"))];

    public bool TryRead(ref TextCursor cursor, string marker, TextBlock block)
    {
        for (cursor.SkipSpace(); cursor.Take(tags.Invoke); cursor.SkipSpace())
            if (!tags.TakeCall(ref cursor, block))
                return false;
        return block.Pieces.Count > 0 && (cursor.Take($"</{marker[1..]}") || cursor.IsAtEnd());
    }

    public string Write(IReadOnlyList<TextPiece.Call> calls) =>
        $"<{wrappers[0]}>\n{CallWriting.Lines(calls, tags.Write)}\n</{wrappers[0]}>";
}
