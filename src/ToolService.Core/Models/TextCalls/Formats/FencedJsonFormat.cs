namespace ToolService.Core.Models.TextCalls.Formats;

/// <summary>JSON calls in a code block that is the whole answer.</summary>
internal sealed class FencedJsonFormat : ITextCallFormat
{
    private const string Fence = "```";

    public string Name => "FencedJson";

    public bool NeedsOfferedTool => true;

    public IReadOnlyList<TextCallMarker> Markers { get; } =
        [.. ((string[])["json", "tool_call", "tool_calls", ""]).Select(kind => new TextCallMarker(Fence + kind, MarkerPlacement.Start))];

    public bool TryRead(ref TextCursor cursor, string marker, TextBlock block)
    {
        if (!JsonCalls.Take(ref cursor, block, onlyCalls: true))
            return false;

        cursor.SkipSpace();
        if (!cursor.Take(Fence))
            return false;

        cursor.SkipSpace();
        return cursor.IsAtEnd();
    }

    public string Write(IReadOnlyList<TextPiece.Call> calls) =>
        $"{Fence}json\n[{string.Join(",\n", calls.Select(call => CallWriting.Json(call)))}]\n{Fence}";
}
