namespace ToolService.Core.Models.TextCalls.Formats;

/// <summary>Kimi K2: tokens around a call's id, which holds the name, and JSON.</summary>
internal sealed class KimiFormat : ITextCallFormat
{
    private const string Begin = "<|tool_calls_section_begin|>";
    private const string End = "<|tool_calls_section_end|>";
    private const string CallBegin = "<|tool_call_begin|>";
    private const string ArgumentsBegin = "<|tool_call_argument_begin|>";
    private const string CallEnd = "<|tool_call_end|>";
    private const string Namespace = "functions.";

    public string Name => "Kimi";

    public IReadOnlyList<TextCallMarker> Markers { get; } = [new(Begin), new(CallBegin)];

    public bool TryRead(ref TextCursor cursor, string marker, TextBlock block)
    {
        if (marker is CallBegin)
            return TakeCall(ref cursor, block);

        for (cursor.SkipSpace(); cursor.Take(CallBegin); cursor.SkipSpace())
            if (!TakeCall(ref cursor, block))
                return false;
        return block.Pieces.Count > 0 && (cursor.Take(End) || cursor.IsAtEnd());
    }

    public string Write(IReadOnlyList<TextPiece.Call> calls) => string.Concat(
        Begin,
        string.Concat(calls.Select((call, i) => $"{CallBegin}{Namespace}{call.Name}:{i}{ArgumentsBegin}{call.Arguments}{CallEnd}")),
        End);

    private static bool TakeCall(ref TextCursor cursor, TextBlock block)
    {
        cursor.SkipSpace();
        var name = NameIn(ToolNames.Take(ref cursor));
        cursor.SkipSpace();
        if (name.Length == 0 || !cursor.Take(ArgumentsBegin))
            return false;

        cursor.SkipSpace();
        block.Begin(name, cursor.Position);
        if (cursor.Peek() is not '{' || !JsonText.TakeValue(ref cursor, out var arguments))
            return false;

        block.Add(name, arguments);
        cursor.SkipSpace();
        return cursor.Take(CallEnd) || cursor.IsAtEnd();
    }

    private static string NameIn(string id)
    {
        var name = id.StartsWith(Namespace, StringComparison.Ordinal) ? id[Namespace.Length..] : id;
        return name.LastIndexOf(':') is > 0 and var end && name[(end + 1)..].All(char.IsAsciiDigit) ? name[..end] : name;
    }
}
