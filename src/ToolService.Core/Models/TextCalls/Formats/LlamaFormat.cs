namespace ToolService.Core.Models.TextCalls.Formats;

/// <summary>Llama 3 and 4: JSON behind <c>&lt;|python_tag|&gt;</c>, or a list of Python calls there or between two markers.</summary>
internal sealed class LlamaFormat : ITextCallFormat
{
    private const string Tag = "<|python_tag|>";
    private const string Start = "<|python_start|>";
    private const string End = "<|python_end|>";

    public string Name => "Llama";

    public IReadOnlyList<TextCallMarker> Markers { get; } =
    [
        new(Tag), new(Start), new("<|eom_id|>", MarkerPlacement.AfterOwn), new("<|eot_id|>", MarkerPlacement.AfterOwn),
    ];

    public bool TryRead(ref TextCursor cursor, string marker, TextBlock block)
    {
        if (marker is not (Tag or Start))
            return true;

        cursor.SkipSpace();
        var isJson = cursor.Peek() is '{';
        if (isJson ? !JsonCalls.Take(ref cursor, block) : !PythonCalls.TakeList(ref cursor, block))
            return false;
        if (marker is Start)
            cursor.Take(End);
        return true;
    }

    public string Write(IReadOnlyList<TextPiece.Call> calls) =>
        Tag + string.Join("; ", calls.Select(call => CallWriting.Json(call, arguments: "parameters")));
}
