using System.Buffers;

namespace ToolService.Core.Models.TextCalls.Formats;

/// <summary>
/// Harmony, of gpt-oss: every message says its channel and whom it is for. What goes to a function is a call, the channel
/// <c>analysis</c> is thought, all else is for the reader.
/// </summary>
internal sealed class HarmonyFormat : ITextCallFormat
{
    private const string Start = "<|start|>";
    private const string Channel = "<|channel|>";
    private const string Message = "<|message|>";
    private const string Call = "<|call|>";
    private const string End = "<|end|>";
    private const string Return = "<|return|>";
    private const string Namespace = "functions.";
    private static readonly SearchValues<string> MessageEnds =
        SearchValues.Create([Call, End, Return, Start, Channel], StringComparison.Ordinal);

    public string Name => "Harmony";

    public IReadOnlyList<TextCallMarker> Markers { get; } =
    [
        new(Start), new(Channel),
        new(Call, MarkerPlacement.AfterOwn), new(End, MarkerPlacement.AfterOwn), new(Return, MarkerPlacement.AfterOwn),
    ];

    public bool TryRead(ref TextCursor cursor, string marker, TextBlock block)
    {
        if (marker is not (Start or Channel))
            return true;

        var recipient = "";
        if (marker is Start)
        {
            recipient = RecipientIn(TakeHeader(ref cursor));
            if (!cursor.Take(Channel))
                return false;
        }

        cursor.SkipSpace();
        var header = TakeHeader(ref cursor);
        if (cursor.Take("<|constrain|>"))
            TakeHeader(ref cursor);
        if (!cursor.Take(Message))
            return false;

        if (RecipientIn(header) is { Length: > 0 } other)
            recipient = other;
        return recipient.Length > 0 ? TakeCall(ref cursor, block, recipient)
            : !header.StartsWith("analysis", StringComparison.Ordinal) || TakeThought(ref cursor, block);
    }

    public string Write(IReadOnlyList<TextPiece.Call> calls) => string.Concat(
        calls.Select(call => $"{Channel}commentary to={Namespace}{call.Name} <|constrain|>json{Message}{call.Arguments}{Call}"));

    private static string TakeHeader(ref TextCursor cursor) =>
        cursor.TakeWhile(c => c is not '<' && (c is '\n' || !char.IsControl(c))).ToString();

    private static string RecipientIn(string header)
    {
        var name = header.Split(' ', '\n').FirstOrDefault(word => word.StartsWith("to=", StringComparison.Ordinal))?["to=".Length..] ?? "";
        name = name.StartsWith(Namespace, StringComparison.Ordinal) ? name[Namespace.Length..] : name;
        return ToolNames.IsOne(name) ? name : "";
    }

    private static bool TakeCall(ref TextCursor cursor, TextBlock block, string name)
    {
        cursor.SkipSpace();
        block.Begin(name, cursor.Position);
        if (!JsonText.TakeValue(ref cursor, out var arguments) && (cursor.Starved || !cursor.TakeUntil(MessageEnds, out arguments)))
            return false;

        block.Add(name, arguments);
        return true;
    }

    private static bool TakeThought(ref TextCursor cursor, TextBlock block)
    {
        var start = cursor.Position;
        if (!cursor.TakeUntil(MessageEnds, out var thought))
        {
            cursor.TakeRest();
            thought = cursor.Since(start);
            if (!cursor.IsAtEnd())
                return false;
        }

        block.Add(new TextPiece.Thought(thought.Trim()));
        return true;
    }
}
