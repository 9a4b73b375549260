namespace ToolService.Testing.Smtp;

/// <summary>What an SMTP server asks for.</summary>
/// <param name="Certificate">The file of its certificate, with which it offers STARTTLS; null for none.</param>
/// <param name="Key">The file of the certificate's key.</param>
/// <param name="User">The user name without which it takes nothing; null for none.</param>
/// <param name="Password">The password.</param>
/// <param name="Limit">The most bytes of a mail.</param>
/// <param name="Tls">Whether it speaks TLS from the first byte instead of offering STARTTLS.</param>
/// <param name="Without">The way of giving a password that it does not offer, of <c>PLAIN</c> and <c>LOGIN</c>; null where it offers both.</param>
public sealed record SmtpSettings(
    string? Certificate = null, string? Key = null, string? User = null, string? Password = null, int Limit = 33_554_432, bool Tls = false, string? Without = null);
