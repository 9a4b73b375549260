namespace ToolService.Core.Schema.Formats;

/// <summary>RFC 6570, section 2.</summary>
internal static class UriTemplateFormat
{
    private const int MaxPrefixDigits = 4;

    public static bool IsTemplate(ReadOnlySpan<char> text)
    {
        var scanner = new TextScanner(text);
        while (true)
        {
            UriCharacters.Skip(ref scanner, UriCharacters.TemplateLiteral, international: true, mayBePrivate: true);
            if (!scanner.TrySkip('{'))
                return scanner.AtEnd;
            if (!ReadExpression(ref scanner))
                return false;
        }
    }

    private static bool ReadExpression(ref TextScanner scanner)
    {
        if (scanner.Peek() is '+' or '#' or '.' or '/' or ';' or '?' or '&' or '=' or ',' or '!' or '@' or '|')
            scanner.Skip(1);
        do
        {
            if (!ReadVariable(ref scanner))
                return false;
        }
        while (scanner.TrySkip(','));
        return scanner.TrySkip('}');
    }

    private static bool ReadVariable(ref TextScanner scanner)
    {
        do
        {
            var length = scanner.Rest.Length;
            UriCharacters.Skip(ref scanner, UriCharacters.VariableName, international: false);
            if (scanner.Rest.Length == length)
                return false;
        }
        while (scanner.TrySkip('.'));

        if (scanner.TrySkip(':'))
            return scanner.Peek() != '0' && scanner.SkipDigits() is > 0 and <= MaxPrefixDigits;
        scanner.TrySkip('*');
        return true;
    }
}
