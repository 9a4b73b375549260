namespace ToolService.Core.Models.TextCalls.Formats;

/// <summary>
/// A name and pairs of keys and values in <c>&lt;tool_call&gt;</c>, of GLM and Hunyuan 3; the latter has one more element around them.
/// </summary>
internal sealed class GlmFormat : ITextCallFormat
{
    private const string Begin = "<tool_call>";
    private const string End = "</tool_call>";
    private const string AllEnd = "</tool_calls>";
    private static readonly ArgumentPairs Pairs = new("");

    public string Name => "Glm";

    public IReadOnlyList<TextCallMarker> Markers { get; } = [new(Begin), new("<tool_calls>")];

    public bool TryRead(ref TextCursor cursor, string marker, TextBlock block)
    {
        if (marker is Begin)
            return Pairs.TakeCall(ref cursor, block, End);

        for (cursor.SkipSpace(); cursor.Take(Begin); cursor.SkipSpace())
            if (!Pairs.TakeCall(ref cursor, block, End))
                return false;
        return block.Pieces.Count > 0 && (cursor.Take(AllEnd) || cursor.IsAtEnd());
    }

    public string Write(IReadOnlyList<TextPiece.Call> calls) => CallWriting.Lines(calls, call => Pairs.Write(call, Begin, End));
}
