using System.Text.Json;
using System.Text.RegularExpressions;
using ToolService.Core.Models.TextCalls;

namespace ToolService.Core.Tests.Models.TextCalls;

/// <summary>Answers of models of every family, from the tests of other projects' parsers.</summary>
public class TextCallCasesTests
{
    public static TheoryData<string> Ids => [.. TextCallCase.All.Select(item => item.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Text_is_read_as_expected(string id)
    {
        var item = Find(id);

        var reading = item.Read([item.Text]);

        if (KnownDifferences.All.ContainsKey(id))
            return;
        Check(item, reading);
        if (item.Expect.TryGetProperty("content", out var content) && !KnownDifferences.Words.ContainsKey(id))
            Assert.Equal(Plain(content.GetString()), Plain(reading.Words));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Text_in_pieces_is_read_as_the_whole_is(string id)
    {
        var item = Find(id);
        var whole = item.Read([item.Text]).Summary();
        var random = new Random(id.Aggregate(17, (sum, c) => unchecked((sum * 31) + c)));

        Assert.Equal(whole, item.Read(item.Text.Select(c => c.ToString())).Summary());
        for (var i = 0; i < 10; i++)
            Assert.Equal(whole, item.Read(Reading.Cut(item.Text, random, longest: 1 + (4 * i))).Summary());
        if (item.Pieces is { } pieces && string.Concat(pieces) == item.Text)
            Assert.Equal(whole, item.Read(pieces).Summary());
    }

    [Fact]
    public void Differences_are_of_cases_that_exist() =>
        Assert.Empty(KnownDifferences.All.Keys.Concat(KnownDifferences.Words.Keys).Except(TextCallCase.All.Select(item => item.Id)));

    private static TextCallCase Find(string id) => TextCallCase.All.Single(item => item.Id == id);

    private static void Check(TextCallCase item, Reading reading)
    {
        if (item.Count is { } count)
            Assert.Equal(count, reading.Calls.Count);
        if (item.Expect.TryGetProperty("min_count", out var least))
            Assert.True(reading.Calls.Count >= least.GetInt32());
        for (var i = 0; i < item.Calls.Count; i++)
            Check(item.Calls[i], reading.Calls[i]);
        if (item.Expect.TryGetProperty("thinking", out var thinking))
            Assert.Equal(Plain(thinking.GetString()), Plain(reading.Thoughts));
        if (item.Expect.TryGetProperty("arguments_any_of", out var choices))
            Assert.Contains(reading.Calls[0].Arguments, choices.EnumerateArray().Select(choice => choice.GetString()));
        if (item.Expect.TryGetProperty("arguments_parse_as_json", out _))
            Assert.True(JsonText.IsObject(reading.Calls[0].Arguments));
        if (item.Expect.TryGetProperty("argument_types", out var types) && types.ValueKind is JsonValueKind.Object)
            foreach (var type in types.EnumerateObject())
                Assert.Equal(type.Value.GetString(), TypeOf(JsonElement.Parse(reading.Calls[0].Arguments).GetProperty(type.Name)));
    }

    private static void Check(JsonElement expected, TextPiece.Call call)
    {
        if (expected.TryGetProperty("name", out var name))
            Assert.Equal(name.GetString(), call.Name);
        if (expected.TryGetProperty("arguments_raw", out var raw))
            Assert.Equal(raw.GetString(), call.Arguments);
        if (expected.TryGetProperty("arguments", out var all))
            Assert.True(JsonElement.DeepEquals(all, JsonElement.Parse(call.Arguments)), $"{all} is {call.Arguments}");
        if (expected.TryGetProperty("arguments_contains", out var some))
            foreach (var member in some.EnumerateObject())
                AssertEqual(member.Value, JsonElement.Parse(call.Arguments).GetProperty(member.Name));
        if (expected.TryGetProperty("argument_paths", out var paths))
            foreach (var path in paths.EnumerateArray())
                AssertEqual(path.GetProperty("value"), path.GetProperty("path").EnumerateArray().Aggregate(
                    JsonElement.Parse(call.Arguments),
                    (value, step) => step.ValueKind is JsonValueKind.Number ? value[step.GetInt32()] : value.GetProperty(step.GetString()!)));
    }

    private static void AssertEqual(JsonElement expected, JsonElement actual) =>
        Assert.True(JsonElement.DeepEquals(expected, actual), $"{expected} is {actual}");

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    // The projects disagree on white space around calls.
    private static string Plain(string? text) => Regex.Replace(text ?? "", @"\s+", " ").Trim();
}
