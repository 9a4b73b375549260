using System.Net;
using Microsoft.Extensions.Options;

namespace ToolService.Core.Tools.BuiltIn.Mail;

/// <summary>Refuses settings under <c>Mail</c> with which nothing could be sent, or secrets would be.</summary>
internal sealed class MailOptionsValidation : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        var failures = Failures(options).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(MailOptions options)
    {
        if (!Enum.IsDefined(options.Security))
            yield return $"Mail:Security '{options.Security}' is none of: {string.Join(", ", Enum.GetNames<MailSecurity>())}.";
        foreach (var (at, pattern) in options.AllowedRecipients.Index())
            if (!Recipients.IsPattern(pattern))
                yield return $"Mail:AllowedRecipients:{at} '{pattern}' is neither an address nor all of a domain, such as *@example.org.";
        if (options.Host is null)
        {
            if (options is not { From: null, User: null, Password: null })
                yield return "Mail:Host is required where Mail:From, Mail:User or Mail:Password is set.";
            yield break;
        }

        if (Uri.CheckHostName(options.Host) is UriHostNameType.Unknown)
            yield return $"Mail:Host '{options.Host}' is not the name or address of a server.";
        if (options.From is null || Recipients.TryParse(options.From) is null)
            yield return "Mail:From is required with Mail:Host: an address, such as assistant@example.org.";
        if (options.User is null != options.Password is null)
            yield return "Mail:User and Mail:Password are set together.";
        if (options is { Security: MailSecurity.None, User: not null } && !IsThisMachine(options.Host))
            yield return "Mail:Security None would send Mail:Password as it is over the network; use StartTls or Tls.";
    }

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
