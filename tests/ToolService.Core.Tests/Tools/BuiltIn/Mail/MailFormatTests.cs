using System.Text;
using ToolService.Core.Tools.BuiltIn.Mail;

namespace ToolService.Core.Tests.Tools.BuiltIn.Mail;

public class MailFormatTests
{
    [Fact]
    public void Plain_mail_is_written_as_it_is()
    {
        Assert.Equal(
            """
            Date: Sun, 04 Jan 2026 09:05:06 +0000
            From: service@example.org
            To: "Ann \"A\" B\\C" <ann@example.org>,
             bob@example.org
            Subject: Hello
            Message-ID: <call_1@example.org>
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: base64

            SGVsbG8hDQpZb3Vycw==

            """.ReplaceLineEndings("\r\n"),
            Write("Hello", "Hello!\nYours"));
    }

    [Fact]
    public void Long_subject_in_another_script_is_cut_between_characters()
    {
        var subject = string.Concat(Enumerable.Repeat("件名🙂", 40));

        var words = Header(Write(subject, "x"), "Subject");

        Assert.All(words, word => Assert.True(word.Length <= 75));
        Assert.Equal(subject, string.Concat(words.Select(word => Encoding.UTF8.GetString(Convert.FromBase64String(word["=?utf-8?B?".Length..^2])))));
    }

    [Fact]
    public void Subject_that_looks_encoded_is_encoded() =>
        Assert.Equal(["=?utf-8?B?PT91dGYtOD9CP1dBPT0/PQ==?="], Header(Write("=?utf-8?B?WA==?=", "x"), "Subject"));

    [Fact]
    public void No_line_is_longer_than_mail_may_have()
    {
        var mail = Write("x", new string('x', 100_000));

        Assert.All(mail.Split("\r\n"), line => Assert.InRange(line.Length, 0, 78));
    }

    private static string Write(string subject, string body)
    {
        Mailbox service = new("", "service@example.org");
        return Encoding.ASCII.GetString(MailFormat.Write(new Email(
            "<call_1@example.org>",
            new DateTimeOffset(2026, 1, 4, 10, 5, 6, TimeSpan.FromHours(1)),
            service,
            [new Mailbox("Ann \"A\" B\\C", "ann@example.org"), new Mailbox("", "bob@example.org")],
            [],
            [new Mailbox("", "eve@example.org")],
            ReplyTo: null,
            subject,
            body,
            Html: null)));
    }

    private static IReadOnlyList<string> Header(string mail, string name) =>
        [.. mail.Split($"{name}: ")[1].Split("\r\nMessage-ID")[0].Split("\r\n ")];
}
