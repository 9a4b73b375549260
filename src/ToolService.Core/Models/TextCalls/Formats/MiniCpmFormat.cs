namespace ToolService.Core.Models.TextCalls.Formats;

/// <summary><c>&lt;function name="f"&gt;&lt;param name="key"&gt;value&lt;/param&gt;&lt;/function&gt;</c>, of MiniCPM.</summary>
internal sealed class MiniCpmFormat : ITextCallFormat
{
    private static readonly InvokeTags Tags = new("<function name=\"", "</function>", "<param name=\"", "</param>");

    public string Name => "MiniCpm";

    public IReadOnlyList<TextCallMarker> Markers { get; } = [new(Tags.Invoke)];

    public bool TryRead(ref TextCursor cursor, string marker, TextBlock block) => Tags.TakeCall(ref cursor, block);

    public string Write(IReadOnlyList<TextPiece.Call> calls) => CallWriting.Lines(calls, Tags.Write);
}
