using System.Globalization;
using System.Net.Mail;
using System.Text.RegularExpressions;

namespace ToolService.Core.Tools.BuiltIn.Mail;

/// <summary>Reads addresses, and knows which of them may be written to.</summary>
internal sealed partial class Recipients(IReadOnlyList<string> allowed)
{
    private const int MaxAddress = 320;
    private const string All = "*@";
    private static readonly IdnMapping Idn = new();
    private readonly HashSet<string> _allowed = new(allowed.Select(pattern => Ascii(pattern)!), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a text is an address, or <c>*@</c> and a domain.</summary>
    public static bool IsPattern(string text) => Ascii(text) is not null;

    /// <summary>An address, with a name before it or without; null where the text is none, or not one alone.</summary>
    public static Mailbox? TryParse(string text)
    {
        if (text.Length > MaxAddress || text.Any(char.IsControl) || !MailAddress.TryCreate(text.Trim(), out var read))
            return null;
        // Two addresses are read as the name and the address of one; and a name that looks like an address hides the real one.
        if (read.DisplayName.Contains('@') || (!text.Contains('<') && read.DisplayName.Length > 0))
            return null;

        return Ascii(read.Address) is { } address && address[0] != '*' ? new Mailbox(read.DisplayName, address) : null;
    }

    /// <summary>An address that a mail may name.</summary>
    /// <exception cref="ToolException">It is none.</exception>
    public static Mailbox Parse(string text, string parameter) => TryParse(text) ?? throw new ToolException(
        $"'{Excerpt.Of(Visible(text), 100)}' in {parameter} is not one address, such as ann@example.org or Ann <ann@example.org>.");

    /// <summary>An address that mail may be sent to.</summary>
    /// <exception cref="ToolException">It is none, or the operator does not allow it.</exception>
    public Mailbox ParseAllowed(string text, string parameter)
    {
        var mailbox = Parse(text, parameter);
        return _allowed.Count == 0 || _allowed.Contains(mailbox.Address) || _allowed.Contains(All + mailbox.Domain)
            ? mailbox
            : throw new ToolException($"Mail to {mailbox.Address} is not allowed; the operator can permit it with Mail:AllowedRecipients.");
    }

    // The form in which the network has it; null for what is no plain address.
    private static string? Ascii(string address)
    {
        var at = address.LastIndexOf('@');
        if (at < 1)
            return null;

        try
        {
            var ascii = $"{address[..at]}@{Idn.GetAscii(address[(at + 1)..].ToLowerInvariant())}";
            return PlainAddress().IsMatch(ascii) ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string Visible(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c));

    // No quoted names of mailboxes, comments, or addresses in place of domains: whoever approves a mail is to see at a glance who gets it.
    [GeneratedRegex(
        @"^(\*|[a-zA-Z0-9!#$%&'+/=?^_`{|}~-]+(\.[a-zA-Z0-9!#$%&'+/=?^_`{|}~-]+)*)"
        + @"@[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex PlainAddress();
}
