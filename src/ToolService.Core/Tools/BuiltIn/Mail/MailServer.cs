using System.Net.Sockets;
using System.Security.Authentication;

namespace ToolService.Core.Tools.BuiltIn.Mail;

/// <summary>The mail server of the settings.</summary>
internal sealed class MailServer(MailOptions options)
{
    /// <summary>Hands a mail in.</summary>
    /// <exception cref="ToolException">That failed; the message says whether the mail may have been sent all the same.</exception>
    public async Task SendAsync(Email mail, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await ConnectAsync(client, cancellationToken);
        await using var wire = new SmtpWire(client.GetStream());
        var session = new SmtpSession(wire, options);
        try
        {
            await session.SendAsync(mail, client.Client.LocalEndPoint, cancellationToken);
        }
        catch (AuthenticationException e)
        {
            throw new ToolException("The mail server has no valid TLS certificate, or does not speak TLS; nothing was sent.", e);
        }
        catch (InvalidDataException e)
        {
            throw Broken("answered something that is not SMTP", e);
        }
        catch (IOException e)
        {
            throw Broken("broke the connection off", e);
        }

        await LeaveAsync(wire, cancellationToken);

        ToolException Broken(string what, Exception cause) => session.MayHaveIt
            ? new ToolException($"The mail server {what}; the mail may have been sent or not.", cause)
            : new ToolException($"The mail server {what}; nothing was sent.", cause) { Retryable = true };
    }

    private async Task ConnectAsync(TcpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.ConnectAsync(options.Host!, options.Port, cancellationToken);
        }
        catch (SocketException e)
        {
            var isUnknown = e.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData;
            throw new ToolException(
                isUnknown
                    ? "The mail server in Mail:Host cannot be found; nothing was sent."
                    : $"The mail server could not be connected to on port {options.Port}; nothing was sent.",
                e)
            {
                Retryable = !isUnknown,
            };
        }
    }

    // The mail is handed in, whatever becomes of the goodbye.
    private static async Task LeaveAsync(SmtpWire wire, CancellationToken cancellationToken)
    {
        try
        {
            await wire.SendAsync("QUIT\r\n"u8.ToArray(), cancellationToken);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
        }
    }
}
