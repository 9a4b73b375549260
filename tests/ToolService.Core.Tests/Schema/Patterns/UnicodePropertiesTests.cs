using System.Globalization;
using ToolService.Core.Schema.Patterns;

namespace ToolService.Core.Tests.Schema.Patterns;

public class UnicodePropertiesTests
{
    [Theory]
    [InlineData("L", 0x10400, 0x1F600)]
    [InlineData("Lu", 'A', 'a')]
    [InlineData("Letter", 0xE9, '1')]
    [InlineData("General_Category=Decimal_Number", 0x1D7D9, 'a')]
    [InlineData("gc=digit", 0x9E8, 'a')]
    [InlineData("LC", 0x1C5, 0x5D0)]
    [InlineData("Cs", 0xD800, 0xE000)]
    [InlineData("Cn", 0x378, 'a')]
    [InlineData("Script=Greek", 0x3B1, 'a')]
    [InlineData("sc=Grek", 0x1D200, 0x342)]
    [InlineData("scx=Greek", 0x342, 'a')]
    [InlineData("Script_Extensions=Deva", 0x964, 'a')]
    [InlineData("Script=Unknown", 0x378, 'a')]
    [InlineData("Alphabetic", 0x345, '1')]
    [InlineData("Alpha", 0x20000, ' ')]
    [InlineData("ASCII", 0x7F, 0x80)]
    [InlineData("White_Space", 0x85, 0x200B)]
    [InlineData("Emoji", 0x1F600, 'a')]
    [InlineData("ID_Start", 'a', '1')]
    [InlineData("Uppercase", 0x24B6, 'a')]
    public void A_property_has_its_code_points(string property, int member, int other)
    {
        var set = UnicodeProperties.Find(property);

        Assert.NotNull(set);
        Assert.True(set.Contains(member));
        Assert.False(set.Contains(other));
        Assert.False(set.Complement().Contains(member));
    }

    [Theory]
    [InlineData("Any", 0x110000)]
    [InlineData("ASCII", 0x80)]
    [InlineData("Cs", 0x800)]
    [InlineData("Noncharacter_Code_Point", 66)]
    public void A_property_has_its_size(string property, int size) =>
        Assert.Equal(size, UnicodeProperties.Find(property)!.Ranges.Sum(range => range.Last - range.First + 1));

    [Theory]
    [InlineData("Greek")]
    [InlineData("sc=L")]
    [InlineData("gc=Greek")]
    [InlineData("letter")]
    [InlineData("bc=R")]
    [InlineData("Alphabetic=Yes")]
    [InlineData("Script")]
    [InlineData("")]
    public void Other_names_name_nothing(string property) => Assert.Null(UnicodeProperties.Find(property));

    [Fact]
    public void Categories_agree_with_the_framework_on_nearly_all_it_knows()
    {
        var known = Enumerable.Range(0, CodePointSet.Last + 1)
            .Select(codePoint => (codePoint, Category: CharUnicodeInfo.GetUnicodeCategory(codePoint)))
            .Where(pair => pair.Category != UnicodeCategory.OtherNotAssigned);

        // The two follow different versions of Unicode, and a few code points move between categories in each.
        Assert.True(known.Count(pair => !UnicodeProperties.Find(ShortName(pair.Category))!.Contains(pair.codePoint)) < 20);
    }

    private static string ShortName(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => "Lu",
        UnicodeCategory.LowercaseLetter => "Ll",
        UnicodeCategory.TitlecaseLetter => "Lt",
        UnicodeCategory.ModifierLetter => "Lm",
        UnicodeCategory.OtherLetter => "Lo",
        UnicodeCategory.NonSpacingMark => "Mn",
        UnicodeCategory.SpacingCombiningMark => "Mc",
        UnicodeCategory.EnclosingMark => "Me",
        UnicodeCategory.DecimalDigitNumber => "Nd",
        UnicodeCategory.LetterNumber => "Nl",
        UnicodeCategory.OtherNumber => "No",
        UnicodeCategory.SpaceSeparator => "Zs",
        UnicodeCategory.LineSeparator => "Zl",
        UnicodeCategory.ParagraphSeparator => "Zp",
        UnicodeCategory.Control => "Cc",
        UnicodeCategory.Format => "Cf",
        UnicodeCategory.Surrogate => "Cs",
        UnicodeCategory.PrivateUse => "Co",
        UnicodeCategory.ConnectorPunctuation => "Pc",
        UnicodeCategory.DashPunctuation => "Pd",
        UnicodeCategory.OpenPunctuation => "Ps",
        UnicodeCategory.ClosePunctuation => "Pe",
        UnicodeCategory.InitialQuotePunctuation => "Pi",
        UnicodeCategory.FinalQuotePunctuation => "Pf",
        UnicodeCategory.OtherPunctuation => "Po",
        UnicodeCategory.MathSymbol => "Sm",
        UnicodeCategory.CurrencySymbol => "Sc",
        UnicodeCategory.ModifierSymbol => "Sk",
        _ => "So",
    };
}
