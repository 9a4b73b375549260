using System.Text.RegularExpressions;

namespace ToolService.Core.Models.Demo;

/// <summary>Finds arithmetic in a sentence.</summary>
internal static partial class DemoArithmetic
{
    public static IEnumerable<string> Find(string message)
    {
        // Numbers that are no arithmetic: addresses, dates, ranges to draw from.
        var text = NotArithmetic().Replace(message, " ; ");
        text = Words(text);
        return Runs().Matches(text).Select(run => Trim(run.Value)).Where(IsCalculation);
    }

    private static string Words(string text)
    {
        text = Times().Replace(text, "${a} * ");
        text = DividedBy().Replace(text, "${a} / ");
        text = Plus().Replace(text, "${a} + ");
        text = Minus().Replace(text, "${a} - ");
        return Power().Replace(text, "${a} ^ ");
    }

    private static string Trim(string run)
    {
        var text = run.Trim().TrimEnd('+', '-', '*', '/', '%', '^', ',', '.', ' ').TrimStart('*', '/', '%', '^', ',', '.', ')', ' ');
        while (text.Count('(') - text.Count(')') is not 0 and var open)
        {
            // The sentence's own parentheses stand around the expression.
            if (open > 0 && text.StartsWith('('))
                text = text[1..].Trim();
            else if (open < 0 && text.EndsWith(')'))
                text = text[..^1].Trim();
            else
                return "";
        }

        return Spaces().Replace(text, " ");
    }

    private static bool IsCalculation(string text) => Operation().IsMatch(text);

    [GeneratedRegex(
        @"\bhttps?://\S+|\b\d{1,3}(?:\.\d{1,3}){3}\b|\b\d{4}-\d{2}-\d{2}\b"
        + @"|\b(?:random|between|from)\b[^.?!]{0,60}?-?\d+\s*(?:and|to|-|–|\.\.)\s*-?\d+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NotArithmetic();

    [GeneratedRegex(
        @"(?:[-+*/%^().,\s]|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"
        + @"|\b(?:sqrt|abs|round|floor|ceil|min|max|sin|cos|tan|ln|log|exp|pi)\b|(?<![a-zA-Z])e(?![a-zA-Z]))+")]
    private static partial Regex Runs();

    [GeneratedRegex(
        @"[\d)]\s*[-+*/%^]\s*[-(]*\s*(?:\d|pi|e|[a-z]+\()"
        + @"|(?:sqrt|abs|round|floor|ceil|min|max|sin|cos|tan|ln|log|exp)\s*\([^)]*(?:\d|pi|e)"
        + @"|\b(?:pi|e)\b\s*[-+*/%^]\s*\d")]
    private static partial Regex Operation();

    [GeneratedRegex(@"(?<a>[\d)])\s*(?:×|\bx(?=\s*[\d(])|\btimes\b|\bmultiplied by\b)\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Times();

    [GeneratedRegex(@"(?<a>[\d)])\s*(?:÷|\bdivided by\b|\bover\b)\s*(?=[\d(-])", RegexOptions.IgnoreCase)]
    private static partial Regex DividedBy();

    [GeneratedRegex(@"(?<a>[\d)])\s*\bplus\b\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Plus();

    [GeneratedRegex(@"(?<a>[\d)])\s*(?:−|\bminus\b)\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Minus();

    [GeneratedRegex(@"(?<a>[\d)])\s*(?:\*\*|\bto the power of\b)\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Power();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
