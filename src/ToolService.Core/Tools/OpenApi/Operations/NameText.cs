using System.Text;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>Makes names of any text.</summary>
internal static class NameText
{
    /// <summary>The text with one <c>_</c> for each run of characters that are not allowed, and none at its ends.</summary>
    public static string Collapse(string text, Predicate<char> isAllowed)
    {
        var name = new StringBuilder(text.Length);
        var isGap = false;
        foreach (var character in text)
        {
            if (!isAllowed(character))
            {
                isGap = true;
                continue;
            }

            if (isGap && name.Length > 0)
                name.Append('_');
            isGap = false;
            name.Append(character);
        }

        return name.ToString();
    }
}
