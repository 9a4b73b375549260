namespace ToolService.Core.Models.TextCalls.Formats;

/// <summary>DeepSeek V3 and R1: tokens around a name and JSON, which may be in a code block.</summary>
internal sealed class DeepSeekFormat : ITextCallFormat
{
    private const string Begin = "<｜tool▁calls▁begin｜>";
    private const string End = "<｜tool▁calls▁end｜>";
    private const string CallBegin = "<｜tool▁call▁begin｜>";
    private const string CallEnd = "<｜tool▁call▁end｜>";
    private const string Separator = "<｜tool▁sep｜>";
    private const string Fence = "```";

    public string Name => "DeepSeek";

    public IReadOnlyList<TextCallMarker> Markers { get; } =
    [
        new(Begin), new("<｜tool▁outputs▁begin｜>"), new("<｜tool▁outputs▁end｜>"), new("<｜tool▁output▁begin｜>"), new("<｜tool▁output▁end｜>"),
    ];

    public bool TryRead(ref TextCursor cursor, string marker, TextBlock block)
    {
        if (marker is not Begin)
            return true;

        for (cursor.SkipSpace(); !cursor.Take(End); cursor.SkipSpace())
        {
            if (block.Pieces.Count > 0 && cursor.IsAtEnd())
                return true;
            if (!TakeCall(ref cursor, block))
                return false;
        }

        return block.Pieces.Count > 0;
    }

    public string Write(IReadOnlyList<TextPiece.Call> calls) =>
        $"{Begin}{string.Concat(calls.Select(Write))}{End}";

    private static string Write(TextPiece.Call call) =>
        $"{CallBegin}function{Separator}{call.Name}\n{Fence}json\n{call.Arguments}\n{Fence}{CallEnd}";

    private static bool TakeCall(ref TextCursor cursor, TextBlock block)
    {
        var isMarked = cursor.Take(CallBegin);
        var name = ToolNames.Take(ref cursor);
        cursor.SkipSpace();
        if (name.Length == 0 || !cursor.Take(Separator))
            return false;

        // Older models write what kind of thing is called before its name.
        cursor.SkipSpace();
        if (cursor.Peek() is not ('{' or '`'))
            name = ToolNames.Take(ref cursor);
        cursor.SkipSpace();
        var isFenced = cursor.Take(Fence) && (cursor.Take("json") || true);
        cursor.SkipSpace();
        block.Begin(name, cursor.Position);
        if (name.Length == 0 || cursor.Peek() is not '{' || !JsonText.TakeValue(ref cursor, out var arguments))
            return false;

        cursor.SkipSpace();
        if (isFenced && !cursor.Take(Fence))
            return false;

        block.Add(name, arguments);
        cursor.SkipSpace();
        return !isMarked || cursor.Take(CallEnd) || cursor.IsAtEnd();
    }
}
