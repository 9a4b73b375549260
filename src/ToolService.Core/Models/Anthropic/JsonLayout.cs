using System.Text;

namespace ToolService.Core.Models.Anthropic;

/// <summary>The spaces and line ends between the tokens of a JSON text.</summary>
internal static class JsonLayout
{
    /// <summary>
    /// The same tokens without them. Where a call's arguments come as an object and not as text, its layout is a server's and not the
    /// model's, and models pay for every space.
    /// </summary>
    public static string Remove(string json)
    {
        var text = new StringBuilder(json.Length);
        var (isString, isEscaped) = (false, false);
        foreach (var c in json)
        {
            if (!isString && c is (' ' or '\t' or '\r' or '\n'))
                continue;

            text.Append(c);
            isString ^= c == '"' && !isEscaped;
            isEscaped = c == '\\' && !isEscaped;
        }

        return text.ToString();
    }
}
