using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ToolService.Core.Models.TextCalls;

/// <summary>Turns Python literals into JSON and back. JSON's own words count too: models mix them.</summary>
internal static class PythonLiteral
{
    public static bool Take(ref TextCursor cursor, StringBuilder json, int depth = 0)
    {
        if (depth > JsonText.MaxDepth)
            return false;

        switch (cursor.Peek())
        {
            case '"' or '\'':
                return TakeString(ref cursor, json);
            case '[':
                return TakeItems(ref cursor, json, ']', depth);
            case '(':
                return TakeItems(ref cursor, json, ')', depth);
            case '{':
                return TakeMembers(ref cursor, json, depth);
            default:
                return TakeWord(ref cursor, json);
        }
    }

    public static string Write(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        JsonValueKind.Null => "None",
        JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(Write))}]",
        JsonValueKind.Object =>
            $"{{{string.Join(", ", value.EnumerateObject().Select(pair => $"{JsonText.Quote(pair.Name)}: {Write(pair.Value)}"))}}}",
        JsonValueKind.String => JsonText.Quote(value.GetString()!),
        _ => value.GetRawText(),
    };

    private static bool TakeWord(ref TextCursor cursor, StringBuilder json)
    {
        var word = cursor.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.');
        var literal = word switch { "True" => "true", "False" => "false", "None" => "null", _ => word.ToString() };
        json.Append(literal);
        return JsonText.IsJson(literal);
    }

    private static bool TakeItems(ref TextCursor cursor, StringBuilder json, char end, int depth)
    {
        json.Append('[');
        cursor.Position++;
        var count = 0;
        for (cursor.SkipSpace(); !cursor.Take(end); cursor.SkipSpace())
        {
            if (count++ > 0)
                json.Append(", ");
            if (!Take(ref cursor, json, depth + 1) || !TakeComma(ref cursor, end))
                return false;
        }

        json.Append(']');
        return true;
    }

    private static bool TakeMembers(ref TextCursor cursor, StringBuilder json, int depth)
    {
        json.Append('{');
        cursor.Position++;
        var count = 0;
        for (cursor.SkipSpace(); !cursor.Take('}'); cursor.SkipSpace())
        {
            if (count++ > 0)
                json.Append(", ");
            if (cursor.Peek() is not ('"' or '\'') || !TakeString(ref cursor, json))
                return false;
            cursor.SkipSpace();
            if (!cursor.Take(':'))
                return false;
            cursor.SkipSpace();
            json.Append(": ");
            if (!Take(ref cursor, json, depth + 1) || !TakeComma(ref cursor, '}'))
                return false;
        }

        json.Append('}');
        return true;
    }

    private static bool TakeComma(ref TextCursor cursor, char end)
    {
        cursor.SkipSpace();
        return cursor.Take(',') || cursor.Peek() == end;
    }

    private static bool TakeString(ref TextCursor cursor, StringBuilder json)
    {
        var quote = cursor.Peek();
        var text = new StringBuilder();
        cursor.Position++;
        while (cursor.Peek() is var c && cursor.Position < cursor.Length)
        {
            cursor.Position++;
            if (c == quote)
            {
                json.Append(JsonText.Quote(text.ToString()));
                return true;
            }

            if (c is not '\\')
                text.Append(c);
            else if (!TakeEscape(ref cursor, text))
                return false;
        }

        return false;
    }

    private static bool TakeEscape(ref TextCursor cursor, StringBuilder text)
    {
        var c = cursor.Peek();
        if (cursor.Position == cursor.Length)
            return false;

        cursor.Position++;
        switch (c)
        {
            case 'n':
                text.Append('\n');
                return true;
            case 't':
                text.Append('\t');
                return true;
            case 'r':
                text.Append('\r');
                return true;
            case '\\' or '\'' or '"' or '/':
                text.Append(c);
                return true;
            case 'x':
                return TakeCode(ref cursor, text, 2);
            case 'u':
                return TakeCode(ref cursor, text, 4);
            default:
                // Python leaves what it does not know as it stands.
                text.Append('\\').Append(c);
                return true;
        }
    }

    private static bool TakeCode(ref TextCursor cursor, StringBuilder text, int digits)
    {
        var start = cursor.Position;
        for (var i = 0; i < digits; i++)
        {
            if (!char.IsAsciiHexDigit(cursor.Peek()))
                return false;
            cursor.Position++;
        }

        text.Append((char)int.Parse(cursor.Since(start), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        return true;
    }
}
