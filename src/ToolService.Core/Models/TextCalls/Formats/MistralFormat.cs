namespace ToolService.Core.Models.TextCalls.Formats;

/// <summary>Mistral: <c>[TOOL_CALLS]</c> and a list of JSON calls, or for newer models a name and its arguments.</summary>
internal sealed class MistralFormat : ITextCallFormat
{
    private const string Begin = "[TOOL_CALLS]";

    public string Name => "Mistral";

    public IReadOnlyList<TextCallMarker> Markers { get; } = [new(Begin)];

    public bool TryRead(ref TextCursor cursor, string marker, TextBlock block)
    {
        cursor.SkipSpace();
        var isJson = cursor.Peek() is '[' or '{';
        if (isJson ? !JsonCalls.Take(ref cursor, block) : !TakeNamed(ref cursor, block))
            return false;

        cursor.Take("[/TOOL_CALLS]");
        return true;
    }

    public string Write(IReadOnlyList<TextPiece.Call> calls) =>
        $"{Begin} [{string.Join(", ", calls.Select(call => CallWriting.Json(call)))}]";

    private static bool TakeNamed(ref TextCursor cursor, TextBlock block)
    {
        var name = ToolNames.Take(ref cursor);
        if (name.Length == 0)
            return false;
        if (cursor.Take("[CALL_ID]"))
            cursor.TakeWhile(c => c is not ('[' or '{'));
        cursor.Take("[ARGS]");
        cursor.SkipSpace();
        block.Begin(name, cursor.Position);
        if (cursor.Peek() is not '{' || !JsonText.TakeValue(ref cursor, out var arguments))
            return false;

        block.Add(name, arguments);
        return true;
    }
}
