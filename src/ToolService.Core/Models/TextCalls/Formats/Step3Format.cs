namespace ToolService.Core.Models.TextCalls.Formats;

/// <summary>Step 3: elements within tokens.</summary>
internal sealed class Step3Format : ITextCallFormat
{
    private const string Begin = "<｜tool_calls_begin｜>";
    private const string End = "<｜tool_calls_end｜>";
    private const string CallBegin = "<｜tool_call_begin｜>";
    private const string CallEnd = "<｜tool_call_end｜>";
    private const string Separator = "<｜tool_sep｜>";
    private static readonly InvokeTags Tags = InvokeTags.Prefixed("steptml:");

    public string Name => "Step3";

    public IReadOnlyList<TextCallMarker> Markers { get; } = [new(Begin)];

    public bool TryRead(ref TextCursor cursor, string marker, TextBlock block)
    {
        for (cursor.SkipSpace(); cursor.Take(CallBegin); cursor.SkipSpace())
        {
            cursor.SkipSpace();
            if (cursor.Take("function"))
                cursor.Take(Separator);
            cursor.SkipSpace();
            if (!cursor.Take(Tags.Invoke) || !Tags.TakeCall(ref cursor, block))
                return false;
            cursor.SkipSpace();
            cursor.Take(CallEnd);
        }

        return block.Pieces.Count > 0 && (cursor.Take(End) || cursor.IsAtEnd());
    }

    public string Write(IReadOnlyList<TextPiece.Call> calls) =>
        $"{Begin}\n{CallWriting.Lines(calls, call => $"{CallBegin}function{Separator}{Tags.Write(call)}{CallEnd}")}\n{End}";
}
