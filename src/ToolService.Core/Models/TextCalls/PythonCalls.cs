using System.Text;

namespace ToolService.Core.Models.TextCalls;

/// <summary>Reads and writes calls in the form <c>name(key="value", other=2)</c>.</summary>
internal static class PythonCalls
{
    /// <summary>Takes <c>[call, call]</c>.</summary>
    public static bool TakeList(ref TextCursor cursor, TextBlock block)
    {
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
        return cursor.Take(']');
    }

    /// <summary>Takes one call. Some models put all arguments into one dictionary.</summary>
    public static bool TakeCall(ref TextCursor cursor, TextBlock block)
    {
        if (!IsFirst(cursor.Peek()))
            return false;

        var name = ToolNames.Take(ref cursor);
        return name.Length > 0 && TakeArguments(ref cursor, block, name);
    }

    /// <summary>Takes what follows a call's name.</summary>
    public static bool TakeArguments(ref TextCursor cursor, TextBlock block, string name)
    {
        cursor.SkipSpace();
        if (!cursor.Take('('))
            return false;

        block.Begin(name, cursor.Position);
        var json = new StringBuilder();
        cursor.SkipSpace();
        var isWhole = cursor.Peek() is '{';
        if (isWhole ? !TakeDictionary(ref cursor, json) : !TakePairs(ref cursor, json))
            return false;

        block.Add(name, json.ToString());
        return true;
    }

    public static string Write(TextPiece.Call call) =>
        $"{call.Name}({string.Join(", ", CallWriting.Members(call).Select(pair => $"{pair.Name}={PythonLiteral.Write(pair.Value)}"))})";

    public static string WriteList(IEnumerable<TextPiece.Call> calls) => $"[{string.Join(", ", calls.Select(Write))}]";

    private static bool IsFirst(char c) => char.IsLetter(c) || c is '_';

    private static bool TakeDictionary(ref TextCursor cursor, StringBuilder json)
    {
        if (!PythonLiteral.Take(ref cursor, json))
            return false;

        cursor.SkipSpace();
        return cursor.Take(')');
    }

    private static bool TakePairs(ref TextCursor cursor, StringBuilder json)
    {
        json.Append('{');
        for (; !cursor.Take(')'); cursor.SkipSpace())
        {
            var key = cursor.TakeWhile(c => char.IsLetterOrDigit(c) || c is '_' or '-').ToString();
            cursor.SkipSpace();
            if (key.Length == 0 || !cursor.Take('='))
                return false;

            cursor.SkipSpace();
            json.Append(json.Length > 1 ? ", " : "").Append(JsonText.Quote(key)).Append(": ");
            if (!PythonLiteral.Take(ref cursor, json))
                return false;
            cursor.SkipSpace();
            if (!cursor.Take(',') && cursor.Peek() is not ')')
                return false;
        }

        json.Append('}');
        return true;
    }
}
