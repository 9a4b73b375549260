namespace ToolService.Core.Models.TextCalls.Formats;

/// <summary>Apertus: a list of objects whose only member's name is the tool's.</summary>
internal sealed class ApertusFormat : ITextCallFormat
{
    private const string Begin = "<|tools_prefix|>";
    private const string End = "<|tools_suffix|>";

    public string Name => "Apertus";

    public IReadOnlyList<TextCallMarker> Markers { get; } = [new(Begin)];

    public bool TryRead(ref TextCursor cursor, string marker, TextBlock block)
    {
        cursor.SkipSpace();
        if (!cursor.Take('['))
            return false;

        do
        {
            cursor.SkipSpace();
            if (!TakeCall(ref cursor, block))
                return false;
            cursor.SkipSpace();
        }
        while (cursor.Take(','));
        if (!cursor.Take(']'))
            return false;

        cursor.SkipSpace();
        return cursor.Take(End) || cursor.IsAtEnd();
    }

    public string Write(IReadOnlyList<TextPiece.Call> calls) =>
        $"{Begin}[{string.Join(", ", calls.Select(call => $"{{{JsonText.Quote(call.Name)}: {call.Arguments}}}"))}]{End}";

    private static bool TakeCall(ref TextCursor cursor, TextBlock block)
    {
        if (!cursor.Take('{'))
            return false;

        cursor.SkipSpace();
        if (!JsonText.TakeString(ref cursor, out var name) || !ToolNames.IsOne(name))
            return false;

        cursor.SkipSpace();
        if (!cursor.Take(':'))
            return false;

        cursor.SkipSpace();
        block.Begin(name, cursor.Position);
        if (!JsonText.TakeValue(ref cursor, out var arguments))
            return false;

        cursor.SkipSpace();
        block.Add(name, arguments);
        return cursor.Take('}');
    }
}
