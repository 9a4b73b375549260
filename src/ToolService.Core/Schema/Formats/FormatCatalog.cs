using System.Collections.Frozen;

namespace ToolService.Core.Schema.Formats;

/// <summary>The formats that the standard defines.</summary>
internal static class FormatCatalog
{
    private static readonly FrozenDictionary<string, Format> Formats = new Dictionary<string, Format>(StringComparer.Ordinal)
    {
        ["date"] = new("a date such as 2026-11-21", DateTimeFormats.IsDate),
        ["time"] = new("a time with its offset such as 20:20:39Z or 08:30:00+02:00", DateTimeFormats.IsTime),
        ["date-time"] = new("a date and time with its offset such as 2026-11-21T20:20:39Z", DateTimeFormats.IsDateTime),
        ["duration"] = new("an ISO 8601 duration such as P3D or PT1H30M", DurationFormat.IsDuration),
        ["email"] = new("an e-mail address such as ada@example.com", text => EmailFormat.IsMailbox(text, international: false)),
        ["idn-email"] = new(
            "an e-mail address such as ada@example.com or δοκιμή@παράδειγμα.gr",
            text => EmailFormat.IsMailbox(text, international: true)),
        ["hostname"] = new("a host name such as www.example.com", HostnameFormats.IsHostname),
        ["idn-hostname"] = new("a host name such as www.example.com or παράδειγμα.gr", HostnameFormats.IsInternationalHostname),
        ["ipv4"] = new("an IPv4 address such as 192.0.2.1", text => IpAddressFormats.IsV4(text, leadingZeros: true)),
        ["ipv6"] = new("an IPv6 address such as 2001:db8::1", text => IpAddressFormats.IsV6(text)),
        ["uri"] = new(
            "an absolute URI such as https://example.com/a?b=c",
            text => UriFormats.IsAbsolute(text, international: false)),
        ["uri-reference"] = new(
            "a URI or a relative reference such as /a?b=c",
            text => UriFormats.IsReference(text, international: false)),
        ["iri"] = new("an absolute IRI such as https://example.com/é", text => UriFormats.IsAbsolute(text, international: true)),
        ["iri-reference"] = new(
            "an IRI or a relative reference such as /é",
            text => UriFormats.IsReference(text, international: true)),
        ["uri-template"] = new("a URI template such as /users/{id}", UriTemplateFormat.IsTemplate),
        ["uuid"] = new("a UUID such as 2eb8aa08-aa98-11ea-b4aa-73b441d16380", UuidFormat.IsUuid),
        ["json-pointer"] = new("a JSON pointer such as /items/0, or empty", JsonPointerFormats.IsPointer),
        ["relative-json-pointer"] = new(
            "a relative JSON pointer such as 1/name or 0#",
            text => JsonPointerFormats.IsRelative(text, mayMove: false)),
        ["regex"] = new(
            $"an ECMA-262 regular expression such as ^[a-z]+$, of at most {SchemaLimits.MaxPatternLength} characters",
            RegexFormat.IsRegex),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly Format MovingPointer =
        Formats["relative-json-pointer"] with { Accepts = text => JsonPointerFormats.IsRelative(text, mayMove: true) };

    /// <summary>The format of this name in this draft; null where the draft does not know it.</summary>
    public static Format? Find(string name, SchemaDraft draft) => (name, draft) switch
    {
        ("duration" or "uuid", SchemaDraft.Draft07) => null,
        ("relative-json-pointer", SchemaDraft.Draft202012) => MovingPointer,
        _ => Formats.GetValueOrDefault(name),
    };
}
