namespace ToolService.Core.Tools.BuiltIn.Mail;

/// <summary>A mail to send. Its texts have no line breaks or control characters, except in the bodies.</summary>
internal sealed record Email(
    string MessageId,
    DateTimeOffset Date,
    Mailbox From,
    IReadOnlyList<Mailbox> To,
    IReadOnlyList<Mailbox> Cc,
    IReadOnlyList<Mailbox> Bcc,
    Mailbox? ReplyTo,
    string Subject,
    string Body,
    string? Html)
{
    /// <summary>Everybody who gets it, each once.</summary>
    public IReadOnlyList<string> Recipients { get; } =
        [.. To.Concat(Cc).Concat(Bcc).Select(mailbox => mailbox.Address).Distinct(StringComparer.OrdinalIgnoreCase)];
}
