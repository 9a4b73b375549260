namespace ToolService.Core.Models.TextCalls.Formats;

/// <summary>Calls in Python's notation between two markers, of Olmo and LFM2; in brackets, or one on each line.</summary>
/// <param name="name">The format's name.</param>
/// <param name="begin">What is before the calls.</param>
/// <param name="end">What follows them.</param>
/// <param name="needsOfferedTool">Whether other text looks like that, too.</param>
internal sealed class MarkedPythonFormat(string name, string begin, string end, bool needsOfferedTool = false) : ITextCallFormat
{
    public string Name => name;

    public bool NeedsOfferedTool => needsOfferedTool;

    public IReadOnlyList<TextCallMarker> Markers { get; } = [new(begin)];

    public bool TryRead(ref TextCursor cursor, string marker, TextBlock block)
    {
        for (cursor.SkipSpace(); !cursor.Take(end); cursor.SkipSpace())
        {
            if (block.Pieces.Count > 0 && cursor.IsAtEnd())
                return true;

            var isList = cursor.Peek() is '[';
            if (isList ? !PythonCalls.TakeList(ref cursor, block) : !PythonCalls.TakeCall(ref cursor, block))
                return false;
        }

        return block.Pieces.Count > 0;
    }

    public string Write(IReadOnlyList<TextPiece.Call> calls) => $"{begin}\n{CallWriting.Lines(calls, PythonCalls.Write)}\n{end}";
}
