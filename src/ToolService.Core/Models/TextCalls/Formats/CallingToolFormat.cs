namespace ToolService.Core.Models.TextCalls.Formats;

/// <summary><c>[Calling tool: name({"key": "value"})]</c>, which models copy from histories that were flattened to text.</summary>
internal sealed class CallingToolFormat : ITextCallFormat
{
    private const string Begin = "[Calling tool:";

    public string Name => "CallingTool";

    public IReadOnlyList<TextCallMarker> Markers { get; } = [new(Begin)];

    public bool TryRead(ref TextCursor cursor, string marker, TextBlock block)
    {
        cursor.SkipSpace();
        if (!PythonCalls.TakeCall(ref cursor, block))
            return false;

        cursor.SkipSpace();
        return cursor.Take(']');
    }

    public string Write(IReadOnlyList<TextPiece.Call> calls) => CallWriting.Lines(calls, call => $"{Begin} {call.Name}({call.Arguments})]");
}
