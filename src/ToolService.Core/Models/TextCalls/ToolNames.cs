namespace ToolService.Core.Models.TextCalls;

/// <summary>Tells what may be a tool's name from words that stand where one could.</summary>
internal static class ToolNames
{
    private const int MaxLength = 128;

    public static bool IsOne(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaxLength)
            return false;
        foreach (var c in text)
            if (!IsPart(c))
                return false;
        return true;
    }

    public static bool IsPart(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or ':' or '/';

    /// <summary>Takes a name at the cursor; empty where there is none.</summary>
    public static string Take(ref TextCursor cursor)
    {
        var name = cursor.TakeWhile(IsPart);
        return name.Length <= MaxLength ? name.ToString() : "";
    }
}
