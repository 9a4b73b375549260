using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using ToolService.Core.Conversations.Context;

namespace ToolService.Core.Tests.Conversations.Context;

public partial class ReadToolResultTests
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Gen<(string Text, int Limit)> Cases =
        from parts in Gen.Elements("a", "é", "🐲", "\n", "👩‍👩‍👧").NonEmptyListOf()
        from limit in Gen.Choose(1, 9)
        select (string.Concat(parts), limit);

    [Fact]
    public void Pages_one_after_the_other_are_the_whole_text_and_each_is_text_itself() =>
        Prop.ForAll(Arb.From(Cases), given =>
        {
            var read = new StringBuilder();
            for (int? offset = 0; offset is { } at;)
            {
                var page = ReadToolResult.Page(given.Text, at, given.Limit);
                Strict.GetBytes(page);
                read.Append(page[(page.IndexOf(']', StringComparison.Ordinal) + 2)..]);
                offset = Next().Match(page) is { Success: true } next ? int.Parse(next.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;
            }

            return read.ToString() == given.Text;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData(0, 4, "[Characters 0 to 4 of 10; next offset: 4.]\n0123")]
    [InlineData(8, 4, "[Characters 8 to 10 of 10; this is its end.]\n89")]
    [InlineData(0, int.MaxValue, "[Characters 0 to 10 of 10; this is its end.]\n0123456789")]
    public void Page_says_which_it_is(int offset, int limit, string expected) => Assert.Equal(expected, ReadToolResult.Page("0123456789", offset, limit));

    [Fact]
    public void Offset_within_a_character_begins_with_the_character() =>
        Assert.Equal("[Characters 0 to 2 of 3; next offset: 2.]\n🐲", ReadToolResult.Page("🐲a", 1, 2));

    [GeneratedRegex(@"next offset: (\d+)\.\]")]
    private static partial Regex Next();
}
