namespace ToolService.Core.Tools.BuiltIn.Mail;

/// <summary>A mail that the mail server has taken.</summary>
/// <param name="MessageId">Its Message-ID, which is made of the call's id.</param>
/// <param name="Recipients">Everybody for whom the server took it.</param>
internal sealed record SentEmail(string MessageId, IReadOnlyList<string> Recipients);
