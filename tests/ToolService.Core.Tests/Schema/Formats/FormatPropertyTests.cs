using System.Globalization;
using System.Net;
using FsCheck;
using FsCheck.Fluent;
using ToolService.Core.Schema;
using ToolService.Core.Schema.Formats;

namespace ToolService.Core.Tests.Schema.Formats;

public class FormatPropertyTests
{
    private static readonly string[] Names =
    [
        "date", "time", "date-time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6", "uri", "uri-reference", "iri",
        "iri-reference", "uri-template", "uuid", "json-pointer", "relative-json-pointer", "regex",
    ];

    private static readonly string[] Pieces =
    [
        "a", "Z", "0", "9", "12", "2026", "-", ".", ":", "::", "/", "//", "?", "#", "[", "]", "{", "}", "(", ")", "*", "+", ",", "@", "\"", "\\", "%", "%41", "~",
        "~0", "xn--", "P", "T", "Z", "H", "é", "ß", "ب", "א", "٠", "۰", "\u200d", "\u200c", "·", "・", "中", "😀", "\ud800", "\udc00", "\u0300", "\0", "\n", " ", "。", "^",
    ];

    private static readonly Gen<string> AnyText = Gen.Elements(Pieces).ListOf().Select(string.Concat);

    [Fact]
    public void No_string_crashes_a_format() => Check(
        from name in Gen.Elements(Names)
        from text in AnyText
        select (name, text),
        pair =>
        {
            var verdict = Accepts(pair.name, pair.text);
            return verdict == Accepts(pair.name, pair.text) && (pair.name == "regex" || !Accepts(pair.name, $"\0{pair.text}\ud800"));
        });

    [Fact]
    public void Any_date_and_time_is_one() => Check(
        from ticks in Gen.Choose(0, int.MaxValue)
        from offset in Gen.Choose(-14 * 60, 14 * 60)
        select new DateTimeOffset(DateTime.UnixEpoch.AddMinutes(ticks / 2)).ToOffset(TimeSpan.FromMinutes(offset)),
        moment => Accepts("date-time", moment.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture))
            && Accepts("date", moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            && Accepts("time", moment.ToString("HH:mm:sszzz", CultureInfo.InvariantCulture)));

    [Fact]
    public void A_date_is_one_exactly_where_the_calendar_has_it() => Check(
        from year in Gen.Choose(1, 9999)
        from month in Gen.Choose(0, 13)
        from day in Gen.Choose(0, 32)
        select string.Create(CultureInfo.InvariantCulture, $"{year:D4}-{month:D2}-{day:D2}"),
        text => Accepts("date", text) == DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));

    [Fact]
    public void Any_uuid_is_one_and_none_with_a_character_less() => Check(
        Gen.Choose(0, 255).ArrayOf(16).Select(bytes => new Guid([.. bytes.Select(value => (byte)value)]).ToString()),
        text => Accepts("uuid", text) && !Accepts("uuid", text[1..]) && !Accepts("uuid", text.Replace('-', '+')));

    [Fact]
    public void Any_address_is_one_however_it_is_shortened() => Check(
        Gen.Elements(0, 0, 0, 1, 0x12, 0xFF, 0xAB).ArrayOf(16).Select(bytes => new IPAddress([.. bytes.Select(value => (byte)value)])),
        address => Accepts("ipv6", address.ToString())
            && Accepts("ipv6", string.Join(':', address.GetAddressBytes().Chunk(2).Select(Convert.ToHexString)))
            && Accepts("uri", $"http://[{address}]:8080/") && Accepts("ipv4", new IPAddress(address.GetAddressBytes()[..4]).ToString()));

    [Fact]
    public void Whatever_is_an_address_is_one_to_the_framework_too() => Check(
        Gen.Elements("0", "1", "ab", "ffff", "12345", "1.2.3.4", ":", "::").ListOf().Select(string.Concat),
        text => !Accepts("ipv6", text) || IPAddress.TryParse(text, out _));

    [Fact]
    public void An_escaped_text_makes_a_uri_and_a_pointer() => Check(
        AnyText.Select(text => text.Replace("\ud800", "", StringComparison.Ordinal).Replace("\udc00", "", StringComparison.Ordinal)),
        text => Accepts("uri", $"https://example.com/{Uri.EscapeDataString(text)}?q={Uri.EscapeDataString(text)}#{Uri.EscapeDataString(text)}")
            && Accepts("json-pointer", $"/{text.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}"));

    [Fact]
    public void Whatever_is_absolute_is_a_reference_and_whatever_is_ascii_international() => Check(
        AnyText,
        text => (!Accepts("uri", text) || Accepts("uri-reference", text) && Accepts("iri", text))
            && (!Accepts("iri", text) || Accepts("iri-reference", text))
            && (!Accepts("hostname", text) || Accepts("uri", $"http://{text}"))
            && (!Accepts("email", text) || text.Contains("xn--", StringComparison.Ordinal) || Accepts("idn-email", text)));

    [Fact]
    public void Punycode_is_read_as_it_is_written() => Check(
        Gen.Elements('a', 'z', '0', 'ü', 'ß', 'λ', 'ж', '中', 'あ').ListOf(8).Select(characters => string.Concat(characters)),
        text =>
        {
            int[] codePoints = [.. text.Select(character => (int)character)];
            var encoded = new char[63];
            var decoded = new int[63];
            var length = Punycode.Encode(codePoints, encoded);
            return text.All(char.IsAscii) || Punycode.Decode(encoded.AsSpan(0, length), decoded) == codePoints.Length
                && decoded.AsSpan(0, codePoints.Length).SequenceEqual(codePoints) && Accepts("hostname", $"xn--{encoded.AsSpan(0, length)}");
        });

    private static bool Accepts(string name, string text) => FormatCatalog.Find(name, SchemaDraft.Draft202012)!.Accepts(text);

    private static void Check<T>(Gen<T> values, Func<T, bool> property) =>
        Prop.ForAll(Arb.From(values), property).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
}
