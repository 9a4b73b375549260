using ToolService.Core.Tools.BuiltIn.Mail;

namespace ToolService.Core.Tests.Tools.BuiltIn.Mail;

public class MailOptionsValidationTests
{
    [Theory]
    [InlineData("ann@example.org")]
    [InlineData("*@example.org")]
    [InlineData("*@müller.example")]
    public void Pattern_of_recipients_passes(string pattern) => Assert.Null(Validate(Sending(pattern)));

    [Theory]
    [InlineData("example.org")]
    [InlineData("*")]
    [InlineData("*@*")]
    [InlineData("Ann <ann@example.org>")]
    [InlineData("")]
    public void Other_pattern_is_named(string pattern) => Assert.Equal(
        $"Mail:AllowedRecipients:0 '{pattern}' is neither an address nor all of a domain, such as *@example.org.", Validate(Sending(pattern)));

    [Fact]
    public void Nothing_set_passes() => Assert.Null(Validate(new MailOptions()));

    [Fact]
    public void Sender_is_required() =>
        Assert.StartsWith("Mail:From is required", Validate(new MailOptions { Host = "smtp.example.org" }), StringComparison.Ordinal);

    [Fact]
    public void Settings_without_a_server_are_refused() =>
        Assert.StartsWith("Mail:Host is required", Validate(new MailOptions { From = "a@example.org" }), StringComparison.Ordinal);

    [Fact]
    public void User_without_password_is_refused() =>
        Assert.Equal("Mail:User and Mail:Password are set together.", Validate(new MailOptions { Host = "h", From = "a@example.org", User = "u" }));

    [Theory]
    [InlineData("smtp.example.org", true)]
    [InlineData("10.0.0.1", true)]
    [InlineData("localhost", false)]
    [InlineData("::1", false)]
    public void Password_is_not_sent_over_the_network_as_it_is(string host, bool isRefused)
    {
        var failure = Validate(new MailOptions { Host = host, From = "a@example.org", User = "u", Password = "secret", Security = MailSecurity.None });

        Assert.Equal(isRefused ? "Mail:Security None would send Mail:Password as it is over the network; use StartTls or Tls." : null, failure);
    }

    private static MailOptions Sending(string allowed)
    {
        var options = new MailOptions { Host = "smtp.example.org", From = "Service <service@example.org>" };
        options.AllowedRecipients.Add(allowed);
        return options;
    }

    private static string? Validate(MailOptions options) => new MailOptionsValidation().Validate(null, options).FailureMessage;
}
