using System.Collections.Frozen;

namespace ToolService.Core.Schema.Patterns;

/// <summary>
/// The general categories by the names that ECMA-262 allows; .NET knows the short ones only, and no scripts or other properties.
/// </summary>
internal static class UnicodeCategories
{
    private static readonly FrozenDictionary<string, string> ShortNames = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Letter"] = "L",
        ["Uppercase_Letter"] = "Lu",
        ["Lowercase_Letter"] = "Ll",
        ["Titlecase_Letter"] = "Lt",
        ["Modifier_Letter"] = "Lm",
        ["Other_Letter"] = "Lo",
        ["Mark"] = "M",
        ["Nonspacing_Mark"] = "Mn",
        ["Spacing_Mark"] = "Mc",
        ["Enclosing_Mark"] = "Me",
        ["Number"] = "N",
        ["Decimal_Number"] = "Nd",
        ["digit"] = "Nd",
        ["Letter_Number"] = "Nl",
        ["Other_Number"] = "No",
        ["Punctuation"] = "P",
        ["punct"] = "P",
        ["Connector_Punctuation"] = "Pc",
        ["Dash_Punctuation"] = "Pd",
        ["Open_Punctuation"] = "Ps",
        ["Close_Punctuation"] = "Pe",
        ["Initial_Punctuation"] = "Pi",
        ["Final_Punctuation"] = "Pf",
        ["Other_Punctuation"] = "Po",
        ["Symbol"] = "S",
        ["Math_Symbol"] = "Sm",
        ["Currency_Symbol"] = "Sc",
        ["Modifier_Symbol"] = "Sk",
        ["Other_Symbol"] = "So",
        ["Separator"] = "Z",
        ["Space_Separator"] = "Zs",
        ["Line_Separator"] = "Zl",
        ["Paragraph_Separator"] = "Zp",
        ["Other"] = "C",
        ["Control"] = "Cc",
        ["cntrl"] = "Cc",
        ["Format"] = "Cf",
        ["Private_Use"] = "Co",
        ["Unassigned"] = "Cn",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Known = ShortNames.Values.ToFrozenSet(StringComparer.Ordinal);

    public static string ToDotNet(string property, bool negated)
    {
        var name = property[(property.IndexOf('=', StringComparison.Ordinal) + 1)..];
        var isCategory = name.Length == property.Length || property.StartsWith("gc=", StringComparison.Ordinal)
            || property.StartsWith("General_Category=", StringComparison.Ordinal);
        var shortName = ShortNames.GetValueOrDefault(name, name);
        if (!isCategory || !Known.Contains(shortName))
            throw new PatternSyntaxException($"'\\p{{{property}}}' is not supported; general categories such as \\p{{L}} and \\p{{Nd}} are");
        return $"\\{(negated ? 'P' : 'p')}{{{shortName}}}";
    }
}
