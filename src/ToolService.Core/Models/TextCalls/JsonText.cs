using System.Text.Encodings.Web;
using System.Text.Json;

namespace ToolService.Core.Models.TextCalls;

/// <summary>Finds JSON in text, without believing that it is valid.</summary>
internal static class JsonText
{
    /// <summary>The deepest nesting that is looked into.</summary>
    public const int MaxDepth = 64;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Takes something that looks like a value: its brackets and quotes close, and no more.</summary>
    public static bool TakeValue(ref TextCursor cursor, out string raw)
    {
        var start = cursor.Position;
        var found = cursor.Peek() switch
        {
            '"' => SkipString(ref cursor),
            '{' or '[' => SkipNested(ref cursor),
            _ => cursor.TakeWhile(c => c is not (',' or '}' or ']' or ':' or '"' or '{' or '[' or '<') && !char.IsWhiteSpace(c)).Length > 0
                && !(cursor.Starved && cursor.Position == cursor.Length),
        };
        raw = found ? cursor.Since(start) : "";
        return found;
    }

    /// <summary>Takes a string, which must be valid.</summary>
    public static bool TakeString(ref TextCursor cursor, out string value)
    {
        var start = cursor.Position;
        value = "";
        return cursor.Peek() is '"' && SkipString(ref cursor) && TryUnquote(cursor.Since(start), out value);
    }

    public static bool TryUnquote(string raw, out string value)
    {
        var found = raw is ['"', .., '"'] && KindOf(raw) is JsonValueKind.String;
        value = found ? JsonElement.Parse(raw).GetString()! : "";
        return found;
    }

    public static string Quote(string text) => JsonSerializer.Serialize(text, Relaxed);

    public static bool IsObject(string text) => KindOf(text) is JsonValueKind.Object;

    public static bool IsJson(string text) => KindOf(text) is not JsonValueKind.Undefined;

    /// <summary>What this is; undefined if it is no JSON.</summary>
    public static JsonValueKind KindOf(string text)
    {
        // Few texts are JSON, and an exception for each of the others costs more than all the rest.
        if (text.AsSpan().TrimStart() is not [var first, ..]
            || !(first is '{' or '[' or '"' or '-' or 't' or 'f' or 'n' || char.IsAsciiDigit(first)))
            return JsonValueKind.Undefined;

        try
        {
            var value = JsonElement.Parse(text);
            // Half a surrogate pair is found only when it is read.
            if (value.ValueKind is JsonValueKind.String)
                _ = value.GetString();
            return value.ValueKind;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return JsonValueKind.Undefined;
        }
    }

    private static bool SkipString(ref TextCursor cursor)
    {
        cursor.Position++;
        for (; cursor.Peek() is var c && cursor.Position < cursor.Length; cursor.Position++)
        {
            if (c is '\\')
                cursor.Position++;
            else if (c is '"')
            {
                cursor.Position++;
                return true;
            }
        }

        cursor.TakeRest();
        return false;
    }

    private static bool SkipNested(ref TextCursor cursor)
    {
        var depth = 0;
        while (cursor.Peek() is var c && cursor.Position < cursor.Length)
        {
            if (c is '"')
            {
                if (!SkipString(ref cursor))
                    return false;
                continue;
            }

            cursor.Position++;
            depth += c switch { '{' or '[' => 1, '}' or ']' => -1, _ => 0 };
            if (depth == 0)
                return true;
            if (depth > MaxDepth)
                return false;
        }

        return false;
    }
}
