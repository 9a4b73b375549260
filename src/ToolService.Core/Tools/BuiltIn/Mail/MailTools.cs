using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Tools.BuiltIn.Mail;

/// <summary>Sending mail.</summary>
internal sealed class MailTools(MailOptions options, TimeProvider time)
{
    private const int MaxSubject = 250;
    private const int MaxList = 1_000;

    private readonly MailServer _server = new(options);
    private readonly Recipients _recipients = new(options.AllowedRecipients);
    private readonly Mailbox _from = Recipients.Parse(options.From!, "Mail:From");

    /// <summary>The tool, if the operator has said through which server.</summary>
    public static IReadOnlyList<MailTools> Instances(MailOptions options, TimeProvider time) =>
        options.Host is null ? [] : [new MailTools(options, time)];

    // A mail cannot be taken back, and the server does not say whether it has had it before: it is never sent again by itself.
    [Tool("send_email", OpenWorld = true, RequiresConfirmation = true, TimeoutSeconds = 60, Tags = ["mail"])]
    [Description("Sends an e-mail. It cannot be taken back.")]
    public async Task<SentEmail> SendAsync(
        [Description("The recipients' addresses, each like ann@example.org or Ann <ann@example.org>.")]
        [Length(1, MaxList)]
        string[] to,
        [Description("The subject, in one line.")]
        [Length(1, MaxSubject)]
        string subject,
        [Description("The text, without formatting.")]
        [MinLength(1)]
        string body,
        AIFunctionArguments arguments,
        [Description("Who gets a copy, for all to see.")]
        [MaxLength(MaxList)]
        string[]? cc = null,
        [Description("Who gets a copy without the others knowing.")]
        [MaxLength(MaxList)]
        string[]? bcc = null,
        [Description("The same text as HTML, for readers that show it; it is sent besides the plain text.")]
        string? html = null,
        [Description("The address that answers are to go to. Left out: the sender's.")]
        string? replyTo = null,
        CancellationToken cancellationToken = default)
    {
        var size = Encoding.UTF8.GetByteCount(body) + Encoding.UTF8.GetByteCount(html ?? "");
        if (size > options.MaxBytes)
            throw new ToolException($"The mail has {size:N0} bytes; at most {options.MaxBytes:N0} are sent.");
        if (subject.Any(char.IsControl))
            throw new ToolException("The subject has a line break or a control character in it; remove it.");

        var id = arguments.Running()?.CallId ?? Guid.CreateVersion7().ToString("N");
        var mail = new Email(
            $"<{id}@{_from.Domain}>",
            time.GetUtcNow(),
            _from,
            Allowed(to, "to"),
            Allowed(cc, "cc"),
            Allowed(bcc, "bcc"),
            replyTo is null ? null : Recipients.Parse(replyTo, "reply_to"),
            subject,
            body,
            html);
        if (mail.Recipients.Count > options.MaxRecipients)
            throw new ToolException($"A mail has at most {options.MaxRecipients} recipients, copies included.");

        await _server.SendAsync(mail, cancellationToken);
        return new SentEmail(mail.MessageId, mail.Recipients);
    }

    private IReadOnlyList<Mailbox> Allowed(string[]? addresses, string parameter) =>
        [.. (addresses ?? []).Select(address => _recipients.ParseAllowed(address, parameter))];
}
