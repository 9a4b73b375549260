namespace ToolService.Core.Models.TextCalls;

/// <summary>Reads calls that are written as JSON objects with a name and arguments.</summary>
internal static class JsonCalls
{
    private const int MaxWrappings = 2;

    /// <summary>Takes one object, a list of them, or several one after another.</summary>
    /// <param name="cursor">Where they begin.</param>
    /// <param name="block">Is given the calls.</param>
    /// <param name="onlyCalls">Whether an object with any member that no call has is none.</param>
    public static bool Take(ref TextCursor cursor, TextBlock block, bool onlyCalls = false)
    {
        cursor.SkipSpace();
        if (cursor.Peek() is '[')
            return TakeList(ref cursor, block, onlyCalls);

        do
        {
            cursor.SkipSpace();
            if (!TakeOne(ref cursor, block, onlyCalls, MaxWrappings))
                return false;
        }
        while (HasNext(ref cursor));
        return true;
    }

    /// <summary>Takes a list. Models forget its end at the end of their answer, or write it twice.</summary>
    public static bool TakeList(ref TextCursor cursor, TextBlock block, bool onlyCalls = false)
    {
        if (!cursor.Take('['))
            return false;

        for (cursor.SkipSpace(); !cursor.Take(']'); cursor.SkipSpace())
        {
            if (block.Pieces.Count > 0 && cursor.IsAtEnd())
                return true;
            if (block.Pieces.Count > 0 && !cursor.Take(','))
                return false;
            cursor.SkipSpace();
            if (!TakeOne(ref cursor, block, onlyCalls, MaxWrappings))
                return false;
        }

        return block.Pieces.Count > 0;
    }

    private static bool HasNext(ref TextCursor cursor)
    {
        var start = cursor.Position;
        cursor.SkipSpace();
        if (cursor.Take(';') || cursor.Take(','))
            cursor.SkipSpace();
        if (cursor.Peek() is '{')
            return true;

        cursor.Position = start;
        return false;
    }

    private static bool TakeOne(ref TextCursor cursor, TextBlock block, bool onlyCalls, int wrappings)
    {
        string? name = null, arguments = null, wrapped = null;
        if (!cursor.Take('{'))
            return false;

        for (cursor.SkipSpace(); !cursor.Take('}'); cursor.SkipSpace())
        {
            if (!TakeKey(ref cursor, out var key) || (onlyCalls && !IsMember(key)))
                return false;
            if (IsArguments(key) && name is not null)
                block.Begin(name, cursor.Position);

            var isName = key is "name" or "tool_name" || (key is "function" && cursor.Peek() is '"');
            var value = "";
            if (isName ? !TakeName(ref cursor, out name) : !JsonText.TakeValue(ref cursor, out value))
                return false;
            if (IsArguments(key))
                arguments = value;
            else if (key is "function" && !isName)
                wrapped = value;

            cursor.SkipSpace();
            if (!cursor.Take(',') && cursor.Peek() is not '}')
                return false;
        }

        if (name is null)
            return wrapped is not null && wrappings > 0 && Unwrap(wrapped, block, onlyCalls, wrappings);

        block.Add(name, Unquote(arguments));
        return true;
    }

    private static bool TakeKey(ref TextCursor cursor, out string key)
    {
        if (!JsonText.TakeString(ref cursor, out key))
            return false;

        cursor.SkipSpace();
        var found = cursor.Take(':');
        cursor.SkipSpace();
        return found;
    }

    private static bool TakeName(ref TextCursor cursor, out string name) =>
        JsonText.TakeString(ref cursor, out name) && ToolNames.IsOne(name);

    private static bool Unwrap(string json, TextBlock block, bool onlyCalls, int wrappings)
    {
        var inner = new TextCursor(json, isEnd: true);
        return TakeOne(ref inner, block, onlyCalls, wrappings - 1);
    }

    private static bool IsArguments(string key) => key is "arguments" or "parameters" or "args";

    private static bool IsMember(string key) =>
        IsArguments(key) || key is "name" or "tool_name" or "function" or "type" or "id" or "tool_call_id";

    // Some models write the object as a text that holds it, as the wire format does.
    private static string Unquote(string? arguments) =>
        arguments is null or "null" ? "{}"
        : JsonText.TryUnquote(arguments, out var inner) && JsonText.IsObject(inner) ? inner
        : arguments;
}
