using System.Text.RegularExpressions;

namespace ToolService.Core.Tests.Architecture;

/// <summary>Reads C# as far as the tests of conventions need it.</summary>
internal static partial class SourceText
{
    /// <summary>The code alone: strings become empty, comments vanish.</summary>
    public static string WithoutCommentsAndStrings(string text) =>
        NotCode().Replace(text, match => match.Value.StartsWith('/') ? "" : match.Value.StartsWith('\'') ? "' '" : "\"\"");

    /// <summary>The names of the public types that stand at the top of a file.</summary>
    public static IReadOnlyList<string> PublicTypes(string text) =>
        [.. PublicType().Matches(WithoutCommentsAndStrings(text)).Select(match => match.Groups["name"].Value)];

    // Raw strings first, as their quotes would end any other; a verbatim one doubles its quotes.
    [GeneratedRegex("""
        (?<quotes>"{3,})[\s\S]*?\k<quotes> | \$?@\$?"(?:[^"]|"")*" | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])+' | //[^\n]* | /\*[\s\S]*?\*/
        """, RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex NotCode();

    [GeneratedRegex(@"^public\s[^\n=;({]*\b(class|struct|interface|enum|record(\s+(class|struct))?)\s+(?<name>\w+)|^public\s+delegate\s[^\n(]*?(?<name>\w+)\s*(<[^>\n]*>)?\(",
        RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex PublicType();
}
