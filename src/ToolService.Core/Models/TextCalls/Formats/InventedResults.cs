namespace ToolService.Core.Models.TextCalls.Formats;

/// <summary>
/// Results that a model makes up instead of waiting for them. What it says from there on rests on them, and is dropped.
/// </summary>
internal sealed class InventedResults : ITextCallFormat
{
    public string Name => nameof(InventedResults);

    public IReadOnlyList<TextCallMarker> Markers { get; } =
        [.. ((string[])["<tool_response>", "<|tool_response>"]).Select(text => new TextCallMarker(text, MarkerPlacement.AfterCall))];

    public bool TryRead(ref TextCursor cursor, string marker, TextBlock block)
    {
        cursor.TakeRest();
        return cursor.IsAtEnd();
    }

    public string Write(IReadOnlyList<TextPiece.Call> calls) => "";
}
