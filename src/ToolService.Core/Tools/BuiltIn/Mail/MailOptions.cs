using System.ComponentModel.DataAnnotations;

namespace ToolService.Core.Tools.BuiltIn.Mail;

/// <summary>How <c>send_email</c> sends: <c>Mail</c>.</summary>
public sealed class MailOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Mail";

    /// <summary>The SMTP server that takes mail. Default none: the tool is not in the catalog.</summary>
    public string? Host { get; set; }

    /// <summary>Its port. Default 587, at which mail is handed in with <c>StartTls</c>; with <c>Tls</c> it is mostly 465.</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 587;

    /// <summary>How the connection is secured. Default <c>StartTls</c>.</summary>
    public MailSecurity Security { get; set; }

    /// <summary>Who the service is for the server. Default none: it does not say.</summary>
    public string? User { get; set; }

    /// <summary>The password for <see cref="User"/>. It is never shown. Default none.</summary>
    public string? Password { get; set; }

    /// <summary>The sender of all mail, such as <c>Assistant &lt;assistant@example.org&gt;</c>. Required with <see cref="Host"/>.</summary>
    public string? From { get; set; }

    /// <summary>
    /// To whom mail may be sent: addresses, or <c>*@example.org</c> for all of a domain. Default none: to anybody, with a person's approval
    /// as long as the tool's policy asks for it.
    /// </summary>
    public List<string> AllowedRecipients { get; } = [];

    /// <summary>The most recipients of one mail, copies included. Default 20.</summary>
    [Range(1, 1_000)]
    public int MaxRecipients { get; set; } = 20;

    /// <summary>The most bytes of one mail's text and HTML together. Default 1,000,000.</summary>
    [Range(1_000, 25_000_000)]
    public int MaxBytes { get; set; } = 1_000_000;
}
