using System.Buffers;

namespace ToolService.Core.Models.TextCalls.Formats;

/// <summary>
/// <c>&lt;tool_call&gt;&lt;function=name&gt;&lt;parameter=key&gt;value&lt;/parameter&gt;&lt;/function&gt;&lt;/tool_call&gt;</c>,
/// of Qwen3-Coder, Nemotron, Step 3.5 and Seed-OSS; the outer element may be missing.
/// </summary>
internal sealed class QwenCoderFormat : ITextCallFormat
{
    private const string Function = "<function=";
    private const string FunctionEnd = "</function>";
    private const string Parameter = "<parameter=";
    private const string ParameterEnd = "</parameter>";
    private static readonly SearchValues<string> ValueEnds =
        SearchValues.Create([Parameter, ParameterEnd, FunctionEnd], StringComparison.Ordinal);

    public string Name => "QwenCoder";

    public IReadOnlyList<TextCallMarker> Markers { get; } = [new("<tool_call>"), new("<seed:tool_call>"), new(Function)];

    public bool TryRead(ref TextCursor cursor, string marker, TextBlock block)
    {
        if (marker is Function)
            return TakeFunction(ref cursor, block);

        for (cursor.SkipSpace(); cursor.Take(Function); cursor.SkipSpace())
            if (!TakeFunction(ref cursor, block))
                return false;
        return block.Pieces.Count > 0 && (cursor.Take($"</{marker[1..]}") || cursor.IsAtEnd());
    }

    public string Write(IReadOnlyList<TextPiece.Call> calls) => CallWriting.Lines(calls, call => string.Concat(
        $"<tool_call>\n{Function}{call.Name}>\n",
        string.Concat(CallWriting.Members(call)
            .Select(member => $"{Parameter}{member.Name}>\n{CallWriting.Plain(member.Value)}\n{ParameterEnd}\n")),
        $"{FunctionEnd}\n</tool_call>"));

    private static bool TakeFunction(ref TextCursor cursor, TextBlock block)
    {
        var name = ToolNames.Take(ref cursor);
        if (name.Length == 0 || !cursor.Take('>'))
            return false;

        block.Begin(name, cursor.Position);
        cursor.SkipSpace();
        return cursor.Peek() is '{' ? TakeJson(ref cursor, block, name) : TakeParameters(ref cursor, block, name);
    }

    private static bool TakeJson(ref TextCursor cursor, TextBlock block, string name)
    {
        if (!JsonText.TakeValue(ref cursor, out var arguments))
            return false;

        cursor.SkipSpace();
        block.Add(name, arguments);
        return cursor.Take(FunctionEnd);
    }

    private static bool TakeParameters(ref TextCursor cursor, TextBlock block, string name)
    {
        var arguments = new UntypedArguments(block.Tools, name);
        for (cursor.SkipSpace(); !cursor.Take(FunctionEnd); cursor.SkipSpace())
        {
            if (!cursor.Take(Parameter))
                return false;

            var key = cursor.TakeWhile(c => c is not ('>' or '<' or '\n')).ToString();
            if (!cursor.Take('>') || !cursor.TakeUntil(ValueEnds, out var value))
                return false;

            cursor.Take(ParameterEnd);
            arguments.Add(key.Trim(), Unfold(value));
        }

        block.Add(name, arguments.ToJson());
        return true;
    }

    // The template puts every value on lines of its own.
    private static string Unfold(string value)
    {
        var start = value.StartsWith('\n') ? 1 : 0;
        return value.EndsWith('\n') && value.Length > start ? value[start..^1] : value[start..];
    }
}
