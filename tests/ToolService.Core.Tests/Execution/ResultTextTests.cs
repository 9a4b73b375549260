using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ToolService.Core.Execution;
using ToolService.Core.Tests.Storage;

namespace ToolService.Core.Tests.Execution;

public class ResultTextTests
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Gen<(string Text, int Limit)> Cases =
        from parts in Gen.Elements("a", "é", "🐲", "\n", "\"", "👩‍👩‍👧").NonEmptyListOf()
        from limit in Gen.Choose(1, 30)
        select (string.Concat(parts), limit);

    [Fact]
    public void Text_is_bounded_between_characters_and_says_so() =>
        Prop.ForAll(Arb.From(Cases), given =>
        {
            var (text, limit) = given;
            var shown = ResultText.ForModel(Samples.Call("call_7") with { Result = JsonSerializer.Serialize(text) }, limit);
            Strict.GetBytes(shown);
            if (text.Length <= limit)
                return shown == text;

            var cut = shown.LastIndexOf("\n[Cut:", StringComparison.Ordinal);
            return cut <= limit && cut >= limit - 1
                && text.StartsWith(shown[..cut], StringComparison.Ordinal)
                && shown.EndsWith(
                    $"of {text.Length:N0} characters. Read on with read_tool_result: {{\"call_id\":\"call_7\",\"offset\":{cut}}}]", StringComparison.Ordinal)
                && ResultText.IsCut(shown, "call_7") && !ResultText.IsCut(shown, "call_8");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData("27", "27")]
    [InlineData("\"27\"", "27")]
    [InlineData("""{"a":"b"}""", """{"a":"b"}""")]
    public void Strings_are_shown_bare_and_other_values_as_json(string result, string expected) =>
        Assert.Equal(expected, ResultText.ForModel(Samples.Call("call_7") with { Result = result }, 100));

    [Fact]
    public void Error_is_shown_as_json_whatever_the_bound()
    {
        var error = new ToolError(ToolErrorCode.ToolFailed, $"It says \"{new string('x', 200)}\".", Retryable: true);

        var shown = JsonElement.Parse(ResultText.ForModel(Samples.Call("call_7") with { Error = error }, 10)).GetProperty("error");

        Assert.Equal("tool_failed", shown.GetProperty("code").GetString());
        Assert.Equal(error.Message, shown.GetProperty("message").GetString());
        Assert.True(shown.GetProperty("retryable").GetBoolean());
    }
}
