using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ToolService.Core.Tools.BuiltIn.Mail;

/// <summary>One conversation with a mail server, in which it takes one mail, for all recipients or for none.</summary>
internal sealed class SmtpSession(SmtpWire wire, MailOptions options)
{
    private static readonly byte[] End = ".\r\n"u8.ToArray();

    /// <summary>Whether the server may have the whole mail.</summary>
    public bool MayHaveIt { get; private set; }

    /// <summary>Hands a mail in.</summary>
    /// <exception cref="ToolException">The server refuses; nothing was sent.</exception>
    /// <exception cref="IOException">The connection broke off.</exception>
    public async Task SendAsync(Email mail, EndPoint? self, CancellationToken cancellationToken)
    {
        await GreetAsync(self, cancellationToken);
        Expect(await wire.AskAsync($"MAIL FROM:<{mail.From.Address}>", cancellationToken));
        List<string> refused = [];
        foreach (var recipient in mail.Recipients)
            if (await wire.AskAsync($"RCPT TO:<{recipient}>", cancellationToken) is { IsPositive: false } refusal)
                refused.Add($"{recipient}: {refusal.Said}");
        if (refused.Count > 0)
            throw new ToolException($"The mail server refused recipients; nothing was sent to anybody. {string.Join("; ", refused)}");

        if (await wire.AskAsync("DATA", cancellationToken) is { Code: not 354 } no)
            throw no.Refusal("The mail server refused the mail");
        await wire.SendAsync(MailFormat.Write(mail), cancellationToken);
        MayHaveIt = true;
        await wire.SendAsync(End, cancellationToken);
        var answer = await wire.ReadAsync(cancellationToken);
        MayHaveIt = answer.IsPositive;
        Expect(answer);
    }

    private async Task GreetAsync(EndPoint? self, CancellationToken cancellationToken)
    {
        if (options.Security == MailSecurity.Tls)
            await wire.SecureAsync(options.Host!, cancellationToken);
        Expect(await wire.ReadAsync(cancellationToken));
        var hello = $"EHLO {NameOf(self)}";
        var extensions = Expect(await wire.AskAsync(hello, cancellationToken));
        if (options.Security == MailSecurity.StartTls)
        {
            if (extensions.Extension("STARTTLS") is null || !(await wire.AskAsync("STARTTLS", cancellationToken)).IsPositive)
                throw new ToolException("The mail server does not offer TLS, as Mail:Security asks for; nothing was sent.");

            await wire.SecureAsync(options.Host!, cancellationToken);
            extensions = Expect(await wire.AskAsync(hello, cancellationToken));
        }

        if (options.User is { } user)
            await AuthenticateAsync(user, options.Password!, extensions.Extension("AUTH") ?? [], cancellationToken);
    }

    private async Task AuthenticateAsync(string user, string password, string[] mechanisms, CancellationToken cancellationToken)
    {
        SmtpReply answer;
        if (mechanisms.Contains("PLAIN", StringComparer.OrdinalIgnoreCase))
            answer = await wire.AskAsync($"AUTH PLAIN {Base64($"\0{user}\0{password}")}", cancellationToken);
        else if (mechanisms.Contains("LOGIN", StringComparer.OrdinalIgnoreCase))
            answer = await LogInAsync(user, password, cancellationToken);
        else
            throw new ToolException("The mail server takes no user name and password by PLAIN or LOGIN; nothing was sent.");

        // What it says of a password that is wrong is for nobody.
        if (!answer.IsPositive)
            throw new ToolException("The mail server refuses the user name and password in Mail:User and Mail:Password; nothing was sent.");
    }

    private async Task<SmtpReply> LogInAsync(string user, string password, CancellationToken cancellationToken)
    {
        var answer = await wire.AskAsync("AUTH LOGIN", cancellationToken);
        if (answer.Code == 334)
            answer = await wire.AskAsync(Base64(user), cancellationToken);
        return answer.Code == 334 ? await wire.AskAsync(Base64(password), cancellationToken) : answer;
    }

    private SmtpReply Expect(SmtpReply reply) => reply switch
    {
        { IsPositive: true } => reply,
        { Code: 530 } when options.User is null =>
            throw new ToolException("The mail server asks for a user name and password: Mail:User and Mail:Password; nothing was sent."),
        { Code: 552 } => throw reply.Refusal("The mail is too large for the mail server"),
        _ => throw reply.Refusal("The mail server refused the mail"),
    };

    private static string NameOf(EndPoint? self) => self switch
    {
        IPEndPoint { Address: { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } address } => $"[IPv6:{address}]",
        IPEndPoint { Address: var address } => $"[{address.MapToIPv4()}]",
        _ => "[127.0.0.1]",
    };

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
