namespace ToolService.Core.Models.TextCalls.Formats;

/// <summary>JSON calls with no marker at all.</summary>
/// <param name="isWholeAnswer">Whether they count only where the answer is nothing else.</param>
internal sealed class JsonFormat(bool isWholeAnswer) : ITextCallFormat
{
    public string Name => "Json";

    public bool NeedsOfferedTool => true;

    public IReadOnlyList<TextCallMarker> Markers { get; } = isWholeAnswer
        ? [new("{", MarkerPlacement.Start), new("[", MarkerPlacement.Start)]
        : [new("{"), new("[")];

    public bool TryRead(ref TextCursor cursor, string marker, TextBlock block)
    {
        cursor.Position = 0;
        if (!JsonCalls.Take(ref cursor, block, onlyCalls: true))
            return false;
        if (marker is "[")
            cursor.Take(']');
        if (!isWholeAnswer)
            return true;

        cursor.SkipSpace();
        return cursor.IsAtEnd();
    }

    public string Write(IReadOnlyList<TextPiece.Call> calls) => calls.Count == 1
        ? CallWriting.Json(calls[0])
        : $"[{string.Join(", ", calls.Select(call => CallWriting.Json(call)))}]";
}
