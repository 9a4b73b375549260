namespace ToolService.Core.Models.TextCalls.Formats;

/// <summary>LongCat: JSON, or a name with pairs of keys and values.</summary>
internal sealed class LongcatFormat : ITextCallFormat
{
    private const string Begin = "<longcat_tool_call>";
    private const string End = "</longcat_tool_call>";
    private static readonly ArgumentPairs Pairs = new("longcat_");
    private static readonly MarkedJsonFormat Json = new("Longcat", Begin, End);

    public string Name => Json.Name;

    public IReadOnlyList<TextCallMarker> Markers => Json.Markers;

    public bool TryRead(ref TextCursor cursor, string marker, TextBlock block)
    {
        cursor.SkipSpace();
        return cursor.Peek() is '{' or '[' ? Json.TryRead(ref cursor, marker, block) : Pairs.TakeCall(ref cursor, block, End);
    }

    public string Write(IReadOnlyList<TextPiece.Call> calls) => Json.Write(calls);
}
