using ToolService.Core.Schema;
using ToolService.Core.Schema.Formats;

namespace ToolService.Core.Tests.Schema.Formats;

public class FormatTests
{
    private static readonly SchemaOptions Asserting = new() { AssertFormats = true };

    [Theory]
    [InlineData("date", "2026-11-21", "2026-11-31")]
    [InlineData("date", "2000-02-29", "1900-02-29")]
    [InlineData("time", "00:59:60+01:00", "00:58:60+01:00")]
    [InlineData("time", "23:59:59.0Z", "23:59:59.Z")]
    [InlineData("date-time", "2026-11-21t01:02:03-00:00", "2026-11-21 01:02:03Z")]
    [InlineData("duration", "P3W", "P3W1D")]
    [InlineData("duration", "PT1M", "P1T1M")]
    [InlineData("email", "\"a\\\"b\"@example.com", "\"a\"b\"@example.com")]
    [InlineData("email", "a@[IPv6:1:2:3:4:5:6::]", "a@[IPv6:1:2:3:4:5:6:7::]")]
    [InlineData("email", "a@x-y.z", "a@-x.z")]
    [InlineData("idn-email", "é@é.example", "é@\u00a0.example")]
    [InlineData("hostname", "xn--mnchen-3ya.de", "xn--mnchen-3yA-.de")]
    [InlineData("hostname", "XN--MNCHEN-3YA.DE", "xn--MNCHEN.de")]
    [InlineData("hostname", "ab--cd", "ab_cd")]
    [InlineData("idn-hostname", "münchen.de", "MÜNCHEN.de")]
    [InlineData("idn-hostname", "日本語。jp", "日本 語.jp")]
    [InlineData("idn-hostname", "faß.de", "fa\u1E9E.de")]
    [InlineData("idn-hostname", "عربي.مثال", "1عربي.مثال")]
    [InlineData("ipv4", "192.0.2.255", "192.0.2.256")]
    [InlineData("ipv6", "1:2:3:4:5:6:7::", "1:2:3:4:5:6:7::8")]
    [InlineData("ipv6", "::1.2.3.4", "1.2.3.4::")]
    [InlineData("uri", "a:", "a")]
    [InlineData("uri", "http://[v1.a:b]:80/", "http://[v1.]/")]
    [InlineData("uri", "http://user:pw@host:/", "http://user@pw@host/")]
    [InlineData("uri-reference", "a/b:c", "a:b:%")]
    [InlineData("iri", "http://é/?\uE000", "http://é/\uE000")]
    [InlineData("iri", "http://é/", "http://é/\u202E")]
    [InlineData("iri-reference", "/😀", "/\uFDD0")]
    [InlineData("uri-template", "/a{?b*,c:3}", "/a{?b*,c:3")]
    [InlineData("uri-template", "{a}", "{a}{")]
    [InlineData("uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d16380", "{2eb8aa08-aa98-11ea-b4aa-73b441d1638}")]
    [InlineData("json-pointer", "/~0~1/", "/~")]
    [InlineData("relative-json-pointer", "0-1#", "0-0")]
    [InlineData("regex", "^(?<a>x)\\k<a>$", "\\k<a>")]
    [InlineData("regex", "[\\w\\-]", "[\\w-.]")]
    [InlineData("regex", "\\p{Script=Greek}", "\\p{Script=Geek}")]
    public void A_format_takes_what_its_standard_allows_and_nothing_else(string format, string valid, string invalid)
    {
        var accepts = FormatCatalog.Find(format, SchemaDraft.Draft202012)!.Accepts;

        Assert.True(accepts(valid), valid);
        Assert.False(accepts(invalid), invalid);
    }

    [Fact]
    public void Formats_are_asserted_when_the_option_says_so()
    {
        const string schema = """{"format":"date"}""";

        Assert.True(Json.Compile(schema).IsValid(Json.Parse("\"today\"")));
        var error = Assert.Single(JsonSchema.Compile(Json.Parse(schema), Asserting).Validate(Json.Parse("\"today\"")));
        Assert.Equal("must be a date such as 2026-11-21, got the string \"today\"", error.Message);
        Assert.Equal("format", error.Keyword);
    }

    [Theory]
    [InlineData("""{"format":"date"}""", "5")]
    [InlineData("""{"format":"phone"}""", "\"x\"")]
    [InlineData("""{"format":"Date"}""", "\"x\"")]
    public void Other_values_and_unknown_formats_are_let_through(string schema, string instance) =>
        Assert.True(JsonSchema.Compile(Json.Parse(schema), Asserting).IsValid(Json.Parse(instance)));

    [Theory]
    [InlineData("duration", SchemaDraft.Draft07, true)]
    [InlineData("uuid", SchemaDraft.Draft07, true)]
    [InlineData("uuid", SchemaDraft.Draft201909, false)]
    [InlineData("date", SchemaDraft.Draft07, false)]
    public void A_draft_knows_its_own_formats(string format, SchemaDraft draft, bool isUnknown) =>
        Assert.Equal(isUnknown, FormatCatalog.Find(format, draft) is null);

    [Theory]
    [InlineData(SchemaDraft.Draft202012, true)]
    [InlineData(SchemaDraft.Draft201909, false)]
    public void Relative_pointers_move_in_arrays_since_2020(SchemaDraft draft, bool isValid) =>
        Assert.Equal(isValid, FormatCatalog.Find("relative-json-pointer", draft)!.Accepts("1+2/a"));

    [Fact]
    public void A_valid_string_is_checked_without_allocating()
    {
        var schema = JsonSchema.Compile(
            Json.Parse("""{"prefixItems":[{"format":"date-time"},{"format":"email"},{"format":"uri"},{"format":"uuid"},{"format":"ipv6"},{"format":"idn-hostname"}]}"""), Asserting);
        var instance = Json.Parse("""["2026-11-21T20:20:39Z","ada@example.com","https://example.com/?a=b","2eb8aa08-aa98-11ea-b4aa-73b441d16380","2001:db8::1","münchen.de"]""");
        Assert.True(schema.IsValid(instance));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            schema.IsValid(instance);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Escaped_strings_are_decoded_first() =>
        Assert.True(JsonSchema.Compile(Json.Parse("""{"format":"date"}"""), Asserting).IsValid(Json.Parse("\"2026\\u002d11-21\"")));

    [Fact]
    public void Lone_surrogates_are_not_valid_anywhere_but_in_pointers()
    {
        string[] formats = ["idn-email", "idn-hostname", "iri", "iri-reference", "uri-template", "email", "hostname"];

        Assert.All(formats, format => Assert.False(FormatCatalog.Find(format, SchemaDraft.Draft202012)!.Accepts("a\ud800@a"), format));
        Assert.True(FormatCatalog.Find("json-pointer", SchemaDraft.Draft202012)!.Accepts("/\ud800"));
    }
}
