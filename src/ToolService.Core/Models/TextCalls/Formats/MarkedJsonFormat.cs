namespace ToolService.Core.Models.TextCalls.Formats;

/// <summary>Calls as JSON behind a marker, and before another one: most families differ only in these.</summary>
/// <param name="name">The format's name.</param>
/// <param name="begin">What is before the JSON.</param>
/// <param name="end">What follows it; null for nothing.</param>
/// <param name="isEndOptional">Whether models often leave the end away.</param>
/// <param name="noise">Further markers, which only say what the text between them is.</param>
internal sealed class MarkedJsonFormat(string name, string begin, string? end, bool isEndOptional = false, params string[] noise)
    : ITextCallFormat
{
    public string Name => name;

    public IReadOnlyList<TextCallMarker> Markers { get; } = [.. noise.Prepend(begin).Select(text => new TextCallMarker(text))];

    public bool TryRead(ref TextCursor cursor, string marker, TextBlock block)
    {
        if (marker != begin)
            return true;
        if (!JsonCalls.Take(ref cursor, block))
            return end is not null && !cursor.Starved && block.Begun is { } tool && TakeBroken(ref cursor, block, tool, end);
        if (end is null)
            return true;

        var start = cursor.Position;
        cursor.SkipSpace();
        if (cursor.Take(end) || cursor.IsAtEnd())
            return true;

        cursor.Position = start;
        return isEndOptional;
    }

    public string Write(IReadOnlyList<TextPiece.Call> calls) =>
        CallWriting.Lines(calls, call => end is null ? $"{begin}{CallWriting.Json(call)}" : $"{begin}\n{CallWriting.Json(call)}\n{end}");

    private static bool TakeBroken(ref TextCursor cursor, TextBlock block, string tool, string end)
    {
        cursor.Position = block.BegunAt;
        if (!cursor.TakeThrough(end, out var arguments))
            return false;

        block.Add(tool, arguments.Trim());
        return true;
    }
}
