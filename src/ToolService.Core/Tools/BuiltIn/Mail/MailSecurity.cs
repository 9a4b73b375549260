namespace ToolService.Core.Tools.BuiltIn.Mail;

/// <summary>How the connection to the mail server is secured. With TLS, a server whose certificate is not valid gets nothing.</summary>
public enum MailSecurity
{
    /// <summary>With TLS once the server has offered it, as at port 587; one that does not offer it gets nothing.</summary>
    StartTls,

    /// <summary>With TLS from the first byte, as at port 465.</summary>
    Tls,

    /// <summary>Not at all: the mail is sent as it is. With a user name and password only to this machine itself.</summary>
    None,
}
