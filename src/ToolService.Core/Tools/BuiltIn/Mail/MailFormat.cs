using System.Globalization;
using System.Text;

namespace ToolService.Core.Tools.BuiltIn.Mail;

/// <summary>
/// A mail as it goes over the wire (RFC 5322, 2045 to 2047): everything in ASCII, texts in base64. So no line is too long, and none begins
/// with the dot that ends a mail.
/// </summary>
internal static class MailFormat
{
    // 60 characters of base64; with what stands around them fewer than the 75 that a word may have.
    private const int BytesOfWord = 45;

    public static byte[] Write(Email mail)
    {
        var text = new StringBuilder();
        Header(text, "Date", mail.Date.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        Header(text, "From", Of(mail.From));
        Header(text, "To", Of(mail.To));
        if (mail.Cc.Count > 0)
            Header(text, "Cc", Of(mail.Cc));
        if (mail.ReplyTo is { } replyTo)
            Header(text, "Reply-To", Of(replyTo));
        Header(text, "Subject", IsPlain(mail.Subject) ? mail.Subject : Words(mail.Subject));
        Header(text, "Message-ID", mail.MessageId);
        Header(text, "MIME-Version", "1.0");
        if (mail.Html is null)
            Part(text, "plain", mail.Body);
        else
            Alternatives(text, mail.Body, mail.Html);
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static void Alternatives(StringBuilder text, string body, string html)
    {
        // No line of base64 has an underscore.
        const string Border = "_next_part_";
        Header(text, "Content-Type", $"multipart/alternative; boundary=\"{Border}\"");
        text.Append("\r\n");
        text.Append(CultureInfo.InvariantCulture, $"--{Border}\r\n");
        Part(text, "plain", body);
        text.Append(CultureInfo.InvariantCulture, $"--{Border}\r\n");
        Part(text, "html", html);
        text.Append(CultureInfo.InvariantCulture, $"--{Border}--\r\n");
    }

    private static void Part(StringBuilder text, string type, string content)
    {
        Header(text, "Content-Type", $"text/{type}; charset=utf-8");
        Header(text, "Content-Transfer-Encoding", "base64");
        var bytes = Encoding.UTF8.GetBytes(content.ReplaceLineEndings("\r\n"));
        text.Append("\r\n").Append(Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks)).Append("\r\n");
    }

    private static void Header(StringBuilder text, string name, string value) =>
        text.Append(name).Append(": ").Append(value).Append("\r\n");

    private static string Of(IEnumerable<Mailbox> mailboxes) => string.Join(",\r\n ", mailboxes.Select(Of));

    private static string Of(Mailbox mailbox) => mailbox.Name switch
    {
        "" => mailbox.Address,
        var name when IsPlain(name) => $"\"{Escaped(name)}\" <{mailbox.Address}>",
        var name => $"{Words(name)} <{mailbox.Address}>",
    };

    private static string Escaped(string name) =>
        name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static bool IsPlain(string text) => text.All(c => c is >= ' ' and <= '~') && !text.Contains("=?", StringComparison.Ordinal);

    // A word begins anew where the next character would not fit: none is cut.
    private static string Words(string text)
    {
        List<string> words = [];
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Encoding.UTF8.GetByteCount(word.ToString()) + rune.Utf8SequenceLength > BytesOfWord)
            {
                words.Add(word.ToString());
                word.Clear();
            }

            word.Append(rune.ToString());
        }

        return string.Join("\r\n ", words.Append(word.ToString()).Select(Word));
    }

    private static string Word(string text) => $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";
}
