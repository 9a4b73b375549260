using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ToolService.Core.Execution;

namespace ToolService.Core.Tests.Execution;

public class ArgumentReaderTests
{
    private static readonly Gen<char> Character = Gen.Frequency(
        (4, Gen.Elements('a', ' ', '"', '\\', '/', '~', '{', '}')),
        (3, Gen.Elements('\0', '\u001b', '\u007f', '\u0085', '\t', '\n', '\r')),
        (1, Gen.Elements('é', '\u2028', '\uFFFD')));

    private static readonly Gen<string> Text = Gen.Frequency(
        (4, Character.ListOf().Select(characters => string.Concat(characters))), (1, Gen.Constant("🐲")));

    [Fact]
    public void No_text_makes_it_throw_and_every_record_is_json() => Check(Hostile(), text =>
    {
        ArgumentReader[] readers =
        [
            Reader(ControlCharacterRule.Refuse),
            Reader(ControlCharacterRule.Strip),
            new(new ArgumentOptions { MaxDepth = 2, MaxCharacters = 20, MaxStringCharacters = 3 }),
        ];
        return Array.TrueForAll(readers, reader =>
        {
            var read = text;
            if (reader.TryParse(ref read, out var arguments) is null)
                reader.Sanitize(ref read, ref arguments);
            return JsonElement.Parse(reader.ForRecord(text)).ValueKind is JsonValueKind.Object or JsonValueKind.String
                && ArgumentReader.AreEqual(reader.ForRecord(text), reader.ForRecord(text));
        });
    });

    [Fact]
    public void What_is_recorded_of_an_object_is_recorded_again_as_it_is() => Check(Hostile(), text =>
    {
        var reader = Reader(ControlCharacterRule.Refuse);
        var record = reader.ForRecord(text);
        return !record.StartsWith('{') || reader.ForRecord(record) == record;
    });

    [Fact]
    public void Stripping_takes_control_characters_out_of_values_and_changes_nothing_else() => Check(Object(3), value =>
    {
        var reader = Reader(ControlCharacterRule.Strip);
        var text = value.Json;
        Assert.Null(reader.TryParse(ref text, out var arguments));

        Assert.Null(reader.Sanitize(ref text, ref arguments));

        return JsonElement.DeepEquals(arguments, JsonElement.Parse(value.Stripped))
            && JsonElement.DeepEquals(JsonElement.Parse(text), arguments);
    });

    [Theory]
    [InlineData("{\"a\":\"\0\"}", '\ud800')]
    [InlineData("\0", '\udc00')]
    public void Text_with_half_a_surrogate_pair_is_refused_and_recorded(string around, char half)
    {
        var text = around.Replace('\0', half);
        var reader = Reader(ControlCharacterRule.Refuse);

        var error = reader.TryParse(ref text, out _);

        Assert.Equal(ToolErrorCode.InvalidArguments, error?.Code);
        Assert.Equal(JsonValueKind.String, JsonElement.Parse(reader.ForRecord(text)).ValueKind);
    }

    private static ArgumentReader Reader(ControlCharacterRule rule) => new(new ArgumentOptions { ControlCharacters = rule });

    private static void Check<T>(Gen<T> generator, Func<T, bool> property) =>
        Prop.ForAll(Arb.From(generator), property).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    /// <summary>Nearly JSON, JSON, and anything at all, halves of surrogate pairs included.</summary>
    private static Gen<string> Hostile() => Gen.Frequency(
        (3, Gen.Elements(
                "{", "}", "[", "]", "\"", ":", ",",
                "\\u0000", "\\ud800", "\\", "a", "1", "1e999", "null", "tru", " ", "\0", "\ud800", "\udc00", "🐲",
                "\"a\":", "{}")
            .ListOf().Select(string.Concat)),
        (2, Object(3).Select(value => value.Json)),
        (1, Object(2).Select(value => value.Json[..^1])),
        (1, Gen.Elements(
            "{\"a\":\"\\ud800\"}", "{\"\\udc00\":1}", "{\"a\":1,\"\\u0061\":2}", "[[[[{}]]]]", "{\"a\":{\"a\":{\"a\":1}}}",
            "", " \t", "null", "\"{}\"")));

    private static Gen<(string Json, string Stripped)> Object(int depth) =>
        from names in Gen.Elements("a", "b", "é", "a/b", "~", "").ListOf(3)
        from values in Value(depth).ListOf(3)
        let members = names.Distinct().Zip(values).ToList()
        select (
            $"{{{string.Join(',', members.Select(member => $"{Quote(member.First)}:{member.Second.Json}"))}}}",
            $"{{{string.Join(',', members.Select(member => $"{Quote(member.First)}:{member.Second.Stripped}"))}}}");

    private static Gen<(string Json, string Stripped)> Value(int depth)
    {
        var text = Text.Select(text => (Quote(text), Quote(Strip(text))));
        var other = Gen.Elements("null", "true", "-0", "1e400", "12345678901234567890.5", "[]", "{}").Select(json => (json, json));
        if (depth == 0)
            return Gen.OneOf(text, other);

        var list = Value(depth - 1).ListOf(2).Select(items => (
            $"[{string.Join(',', items.Select(item => item.Json))}]", $"[{string.Join(',', items.Select(item => item.Stripped))}]"));
        return Gen.Frequency((3, text), (1, other), (1, list), (1, Object(depth - 1)));
    }

    private static string Strip(string text) => string.Concat(text.Where(c => !char.IsControl(c) || c is '\t' or '\n' or '\r'));

    private static string Quote(string text) => JsonSerializer.Serialize(text);
}
