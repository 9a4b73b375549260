namespace ToolService.Core.Models.TextCalls.Formats;

/// <summary>Functionary 2: every message says whom it is for.</summary>
internal sealed class FunctionaryFormat : ITextCallFormat
{
    private const string From = "<|from|>";
    private const string Recipient = "<|recipient|>";
    private const string Content = "<|content|>";
    private const string Stop = "<|stop|>";
    private const string Reader = "all";

    public string Name => "Functionary";

    public IReadOnlyList<TextCallMarker> Markers { get; } = [new(From), new(Recipient), new(Stop, MarkerPlacement.AfterOwn)];

    public bool TryRead(ref TextCursor cursor, string marker, TextBlock block)
    {
        if (marker is Stop)
            return true;

        cursor.SkipSpace();
        if (marker is From && !TakeSender(ref cursor))
            return false;

        cursor.SkipSpace();
        var name = ToolNames.Take(ref cursor);
        cursor.SkipSpace();
        if (name.Length == 0 || !cursor.Take(Content))
            return false;
        if (name is Reader)
            return true;

        cursor.SkipSpace();
        block.Begin(name, cursor.Position);
        if (cursor.Peek() is not '{' || !JsonText.TakeValue(ref cursor, out var arguments))
            return false;

        block.Add(name, arguments);
        return true;
    }

    public string Write(IReadOnlyList<TextPiece.Call> calls) =>
        CallWriting.Lines(calls, call => $"{From}assistant\n{Recipient}{call.Name}\n{Content}{call.Arguments}");

    private static bool TakeSender(ref TextCursor cursor)
    {
        if (!cursor.Take("assistant"))
            return false;

        cursor.SkipSpace();
        return cursor.Take(Recipient);
    }
}
