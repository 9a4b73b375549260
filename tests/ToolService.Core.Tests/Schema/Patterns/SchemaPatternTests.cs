using ToolService.Core.Schema.Evaluation;
using ToolService.Core.Schema.Patterns;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Tests.Schema.Patterns;

public class SchemaPatternTests
{
    [Theory]
    [InlineData(@"^[^]$", "\n", "")]
    [InlineData(@"^a[]*$", "a", "ab")]
    [InlineData(@"\ud83d\udc32", "🐲", "🐳")]
    [InlineData(@"^\u{1F432}$", "🐲", "🐳")]
    [InlineData(@"^\p{Script=Greek}+$", "αβγ", "abc")]
    [InlineData(@"^\p{scx=Deva}$", "।", "a")]
    [InlineData(@"^\p{L}+$", "a𐐀中", "a1")]
    [InlineData(@"^\P{L}+$", "1😀", "a𐐀")]
    [InlineData(@"^[\p{Lu}\p{Nd}_]+$", "A٣_", "a")]
    [InlineData(@"^\p{Emoji_Presentation}$", "😀", "1")]
    [InlineData(@"\bcaf\b", "un café", "un caff, é")]
    [InlineData(@"é\b", "éa", "é")]
    [InlineData(@"^\B$", "", "a")]
    [InlineData(@"^(?<ñ>.)\k<ñ>$", "🐲🐲", "🐲🐳")]
    [InlineData(@"^(?:(a)|b)*\1$", "ab", "ba c")]
    [InlineData(@"^\1(a)$", "a", "aa")]
    [InlineData(@"^(?:(a)|b){2}\1x$", "abx", "abax")]
    [InlineData(@"^(\1(?:\b.*)+?\D){2}$", "k-", "kcA")]
    [InlineData(@"^(?<a>x\k<a>){2}$", "xx", "xxx")]
    [InlineData(@"(?<=\p{Sc}\d+)\.", "$12.5", "12.5")]
    [InlineData(@"(?<!a)b", "cb", "ab")]
    [InlineData(@"^(?:a+|)+$", "", "b")]
    [InlineData(@"^(?:a*b*)*$", "abba", "abc")]
    [InlineData(@"^(?:a?){3}b$", "b", "aaaab")]
    [InlineData(@"^a{2147483648,}$|b", "b", "aa")]
    [InlineData(@"^[\w\-.]+@[\w\-]+$", "a.b@c", "a b@c")]
    [InlineData(@"^\@\-\ \""$", "@- \"", "@-")]
    [InlineData(@"^[\w-.]$", "-", ",")]
    [InlineData(@"^{}]$", "{}]", "{}")]
    [InlineData(@"^x{a}$", "x{a}", "x")]
    public void A_pattern_matches_as_in_ecma_262(string pattern, string match, string other)
    {
        Assert.True(IsMatch(pattern, match));
        Assert.False(IsMatch(pattern, other));
    }

    [Fact]
    public void A_lone_surrogate_is_a_code_point_and_half_a_pair_is_none()
    {
        string[] patterns = [@"^.$", @"^[^a]$", @"\ud83d", @"^[\ud83d\u{1F432}]$", @"^\p{Cs}$", @"^\P{L}$", @"^[^]$"];

        Assert.All(patterns, pattern => Assert.True(IsMatch(pattern, "\ud83d"), pattern));
        Assert.False(IsMatch(@"\ud83d", "🐲"));
        Assert.False(IsMatch(@"\udc32", "🐲"));
        Assert.False(IsMatch(@"(?!🐲)\udc32?(?<!🐲)$", "🐲"));
        Assert.True(IsMatch(@"^\udc32\ud83d$", "\udc32\ud83d"));
    }

    [Theory]
    [InlineData(@"\a", "not an escape")]
    [InlineData(@"\1", "no group 1")]
    [InlineData(@"[\1]", "not an escape")]
    [InlineData(@"\01", "not an escape")]
    [InlineData(@"\k<a>", "no group 'a'")]
    [InlineData(@"\k", "needs a group's name")]
    [InlineData(@"(?<a>x)(?<a>y)", "two groups")]
    [InlineData(@"(?<1a>x)", "not start with a digit")]
    [InlineData(@"(?<>x)", "empty")]
    [InlineData(@"(?=a)*", "may not be repeated")]
    [InlineData(@"^*", "may not be repeated")]
    [InlineData(@"a**", "nothing to repeat")]
    [InlineData(@"{2}", "nothing to repeat")]
    [InlineData(@"a{2,1}", "out of order")]
    [InlineData(@"(?i:a)", "a group may start with")]
    [InlineData(@"a)", "closes no group")]
    [InlineData(@"\u{110000}", "not a code point")]
    [InlineData(@"\xg0", "hexadecimal")]
    [InlineData(@"\c1", "not an escape")]
    [InlineData(@"\p{Script=Geek}", "not a property")]
    [InlineData(@"\pL", "needs a property")]
    public void Other_syntax_is_refused(string pattern, string reason) =>
        Assert.Contains(reason, Assert.Throws<PatternSyntaxException>(() => SchemaPattern.Compile(pattern)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(@"[\w-.]")]
    [InlineData(@"\-")]
    [InlineData(@"\é")]
    [InlineData("{")]
    [InlineData("a{,2}")]
    [InlineData("]")]
    public void What_schemas_get_away_with_is_not_strict(string pattern)
    {
        Assert.Throws<PatternSyntaxException>(() => PatternParser.Parse(pattern, lenient: false));
        Assert.NotNull(PatternParser.Parse(pattern, lenient: true));
    }

    [Fact]
    public void Large_sets_without_end_are_refused()
    {
        var pattern = string.Concat(Enumerable.Range(0, 400).Select(i => $"[\\p{{L}}{(char)('\u0300' + i)}]"));

        Assert.Contains("too many", Assert.Throws<PatternSyntaxException>(() => SchemaPattern.Compile(pattern)).Message, StringComparison.Ordinal);
        Assert.True(IsMatch($"^{string.Concat(Enumerable.Repeat("\\p{L}", 40))}$", new string('é', 40)));
    }

    internal static bool IsMatch(string pattern, string text)
    {
        var instance = Json.Parse($"\"{string.Concat(text.Select(c => char.IsSurrogate(c) || c < ' ' || c is '"' or '\\' ? $"\\u{(int)c:x4}" : $"{c}"))}\"");
        var run = new EvaluationRun(JsonIndex.Of(instance));
        var isMatch = SchemaPattern.Compile(pattern).IsMatch(JsonText.Raw(instance), ref run);
        Assert.False(run.IsAborted);
        return isMatch;
    }
}
