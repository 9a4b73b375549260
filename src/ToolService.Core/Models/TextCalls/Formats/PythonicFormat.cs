namespace ToolService.Core.Models.TextCalls.Formats;

/// <summary>A list of calls in Python's notation, with no marker at all.</summary>
/// <param name="isWholeAnswer">Whether it counts only where the answer is nothing else.</param>
internal sealed class PythonicFormat(bool isWholeAnswer) : ITextCallFormat
{
    public string Name => "Pythonic";

    public bool NeedsOfferedTool => true;

    public IReadOnlyList<TextCallMarker> Markers { get; } = [new("[", isWholeAnswer ? MarkerPlacement.Start : MarkerPlacement.Anywhere)];

    public bool TryRead(ref TextCursor cursor, string marker, TextBlock block)
    {
        cursor.Position = 0;
        if (!PythonCalls.TakeList(ref cursor, block))
            return false;
        if (!isWholeAnswer)
            return true;

        cursor.SkipSpace();
        return cursor.IsAtEnd();
    }

    public string Write(IReadOnlyList<TextPiece.Call> calls) => PythonCalls.WriteList(calls);
}
