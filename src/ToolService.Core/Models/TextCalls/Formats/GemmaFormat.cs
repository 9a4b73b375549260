using System.Text;
using System.Text.Json;

namespace ToolService.Core.Models.TextCalls.Formats;

/// <summary>Gemma 4 and FunctionGemma: <c>call:name{key:value}</c>, where text is between delimiters or bare.</summary>
internal sealed class GemmaFormat : ITextCallFormat
{
    private const string Begin = "<|tool_call>";
    private const string FunctionBegin = "<start_function_call>";
    private const string Delimiter = "<|\"|>";

    public string Name => "Gemma";

    public IReadOnlyList<TextCallMarker> Markers { get; } = [new(Begin), new(FunctionBegin)];

    public bool TryRead(ref TextCursor cursor, string marker, TextBlock block)
    {
        for (cursor.SkipSpace(); cursor.Take("call:"); cursor.SkipSpace())
            if (!TakeCall(ref cursor, block))
                return false;
        return block.Pieces.Count > 0 && (cursor.Take(marker is Begin ? "<tool_call|>" : "<end_function_call>") || cursor.IsAtEnd());
    }

    public string Write(IReadOnlyList<TextPiece.Call> calls) =>
        string.Concat(calls.Select(Write));

    private static string Write(TextPiece.Call call) =>
        $"{Begin}call:{call.Name}{{{string.Join(',', CallWriting.Members(call).Select(Write))}}}<tool_call|>";

    private static string Write(JsonProperty member) => $"{member.Name}:{Write(member.Value)}";

    private static string Write(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => $"{Delimiter}{value.GetString()}{Delimiter}",
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(Write))}]",
        JsonValueKind.Object => $"{{{string.Join(',', value.EnumerateObject().Select(Write))}}}",
        _ => value.GetRawText(),
    };

    private static bool TakeCall(ref TextCursor cursor, TextBlock block)
    {
        var name = ToolNames.Take(ref cursor);
        if (name.Length == 0)
            return false;

        cursor.SkipSpace();
        if (cursor.Peek() is '(')
            return PythonCalls.TakeArguments(ref cursor, block, name);

        block.Begin(name, cursor.Position);
        var json = new StringBuilder();
        if (cursor.Peek() is not '{' || !TakeValue(ref cursor, json, 0))
            return false;

        block.Add(name, json.ToString());
        return true;
    }

    private static bool TakeValue(ref TextCursor cursor, StringBuilder json, int depth)
    {
        if (depth > JsonText.MaxDepth)
            return false;

        foreach (var delimiter in (ReadOnlySpan<string>)[Delimiter, "<escape>"])
        {
            if (!cursor.Take(delimiter))
                continue;
            var found = cursor.TakeThrough(delimiter, out var text);
            json.Append(JsonText.Quote(text));
            return found;
        }

        switch (cursor.Peek())
        {
            case '"':
                var isText = JsonText.TakeString(ref cursor, out var quoted);
                json.Append(JsonText.Quote(quoted));
                return isText;
            case '{':
                return TakeParts(ref cursor, json, '}', depth);
            case '[':
                return TakeParts(ref cursor, json, ']', depth);
            default:
                var bare = cursor.TakeWhile(c => c is not (',' or '}' or ']' or '<')).Trim().ToString();
                json.Append(JsonText.IsJson(bare) ? bare : JsonText.Quote(bare));
                return true;
        }
    }

    private static bool TakeParts(ref TextCursor cursor, StringBuilder json, char end, int depth)
    {
        json.Append(cursor.Peek());
        cursor.Position++;
        var count = 0;
        for (cursor.SkipSpace(); !cursor.Take(end); cursor.SkipSpace())
        {
            if (count++ > 0)
                json.Append(", ");
            if ((end is '}' && !TakeKey(ref cursor, json)) || !TakeValue(ref cursor, json, depth + 1))
                return false;
            cursor.SkipSpace();
            if (!cursor.Take(',') && cursor.Peek() != end)
                return false;
        }

        json.Append(end);
        return true;
    }

    private static bool TakeKey(ref TextCursor cursor, StringBuilder json)
    {
        var key = cursor.TakeWhile(c => c is not (':' or ',' or '{' or '}' or '<')).Trim().Trim('"').ToString();
        json.Append(JsonText.Quote(key)).Append(": ");
        if (key.Length == 0 || !cursor.Take(':'))
            return false;

        cursor.SkipSpace();
        return true;
    }
}
