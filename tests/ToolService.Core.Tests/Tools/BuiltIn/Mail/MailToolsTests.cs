using Microsoft.Extensions.AI;
using ToolService.Core.Tools;
using ToolService.Core.Tools.BuiltIn.Mail;
using ToolService.Testing.Smtp;

namespace ToolService.Core.Tests.Tools.BuiltIn.Mail;

public sealed class MailToolsTests
{
    private const string Password = "pass-word-1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mail_reaches_the_server_with_everything_that_was_said()
    {
        await using var server = await ServerAsync(new SmtpSettings());

        var sent = await SendAsync(
            At(server),
            ["Ann Müller <ann@example.org>"],
            "Grüße aus Köln",
            "Hallo!\n.\nA line that is a dot.",
            cc: ["bob@example.org"],
            bcc: ["eve@example.org"],
            html: "<p>Hallo!</p>",
            replyTo: "desk@example.org");

        var mail = await server.NextAsync(Cancel);
        Assert.Equal("service@example.org", mail.From);
        Assert.Equal(["ann@example.org", "bob@example.org", "eve@example.org"], mail.To);
        Assert.Equal("=?utf-8?B?R3LDvMOfZSBhdXMgS8O2bG4=?=", mail.Header("Subject"));
        Assert.Equal("\"Service\" <service@example.org>", mail.Header("From"));
        Assert.Equal("=?utf-8?B?QW5uIE3DvGxsZXI=?= <ann@example.org>", mail.Header("To"));
        Assert.Equal("bob@example.org", mail.Header("Cc"));
        Assert.Null(mail.Header("Bcc"));
        Assert.DoesNotContain("eve@", mail.Data, StringComparison.Ordinal);
        Assert.Equal("desk@example.org", mail.Header("Reply-To"));
        Assert.StartsWith("multipart/alternative", mail.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Equal(sent.MessageId, mail.Header("Message-ID"));
        Assert.Equal(["Hallo!\r\n.\r\nA line that is a dot.", "<p>Hallo!</p>"], Bodies(mail));
        Assert.Equal(["ann@example.org", "bob@example.org", "eve@example.org"], sent.Recipients);
    }

    [Fact]
    public async Task Message_id_is_the_same_for_the_same_call()
    {
        await using var server = await ServerAsync(new SmtpSettings());
        var call = new SentCall("call_7");

        var first = await SendAsync(At(server), ["ann@example.org"], call: call);
        var second = await SendAsync(At(server), ["ann@example.org"], call: call);

        Assert.Equal("<call_7@example.org>", first.MessageId);
        Assert.Equal(first.MessageId, second.MessageId);
    }

    [Theory]
    [InlineData("ann@example.org\r\nBcc: eve@example.org")]
    [InlineData("Ann\r\nBcc: eve@example.org <ann@example.org>")]
    [InlineData("ann@example.org, eve@example.org")]
    [InlineData("ann@example.org <eve@example.org>")]
    [InlineData("\"ann@example.org\" <eve@example.org>")]
    [InlineData("Ann eve@example.org")]
    [InlineData("*@example.org")]
    [InlineData("ann@example.org>\0")]
    [InlineData("\"ann b\"@example.org")]
    [InlineData("ann@[127.0.0.1]")]
    [InlineData("ann@exa mple.org")]
    [InlineData("ännchen@example.org")]
    [InlineData("ann")]
    [InlineData("")]
    public async Task Text_that_is_not_one_address_is_refused(string address)
    {
        await using var server = await ServerAsync(new SmtpSettings());

        foreach (var fail in new[]
        {
            FailAsync(At(server), [address]),
            FailAsync(At(server), ["ann@example.org"], cc: [address]),
            FailAsync(At(server), ["ann@example.org"], bcc: [address]),
            FailAsync(At(server), ["ann@example.org"], replyTo: address),
        })
            Assert.EndsWith("is not one address, such as ann@example.org or Ann <ann@example.org>.", (await fail).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Hello\r\nBcc: eve@example.org")]
    [InlineData("Hello\nX: y")]
    [InlineData("Hello\0")]
    public async Task Subject_of_more_than_a_line_is_refused(string subject)
    {
        await using var server = await ServerAsync(new SmtpSettings());

        var failure = await FailAsync(At(server), ["ann@example.org"], subject);

        Assert.Equal("The subject has a line break or a control character in it; remove it.", failure.Message);
    }

    [Fact]
    public async Task Domain_with_other_letters_is_sent_in_the_networks_form()
    {
        await using var server = await ServerAsync(new SmtpSettings());

        await SendAsync(At(server), ["ann@müller.example"]);

        Assert.Equal(["ann@xn--mller-kva.example"], (await server.NextAsync(Cancel)).To);
    }

    [Theory]
    [InlineData("Ann@Example.org", true)]
    [InlineData("bob@müller.example", true)]
    [InlineData("bob@example.org", false)]
    [InlineData("ann@example.org.evil.example", false)]
    [InlineData("bob@sub.müller.example", false)]
    public async Task Mail_goes_only_to_whom_the_operator_allows(string address, bool isAllowed)
    {
        await using var server = await ServerAsync(new SmtpSettings());
        var options = At(server);
        options.AllowedRecipients.AddRange(["ann@example.org", "*@müller.example"]);

        if (isAllowed)
            Assert.Single((await SendAsync(options, [address])).Recipients);
        else
            Assert.EndsWith("is not allowed; the operator can permit it with Mail:AllowedRecipients.", (await FailAsync(options, [address])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_recipients_are_refused()
    {
        await using var server = await ServerAsync(new SmtpSettings());
        var options = At(server);
        options.MaxRecipients = 2;

        var failure = await FailAsync(options, ["a@example.org"], cc: ["b@example.org"], bcc: ["c@example.org"]);

        Assert.Equal("A mail has at most 2 recipients, copies included.", failure.Message);
    }

    [Fact]
    public async Task Too_long_mail_is_refused()
    {
        await using var server = await ServerAsync(new SmtpSettings());
        var options = At(server);
        options.MaxBytes = 1_000;

        var failure = await FailAsync(options, ["a@example.org"], body: new string('ü', 400), html: new string('x', 201));

        Assert.Equal("The mail has 1,001 bytes; at most 1,000 are sent.", failure.Message);
    }

    [Theory]
    [InlineData("refused@example.org")]
    [InlineData("ann@example.org", "refused@example.org")]
    public async Task Mail_that_somebody_may_not_get_is_sent_to_nobody(params string[] to)
    {
        await using var server = await ServerAsync(new SmtpSettings());

        var failure = await FailAsync(At(server), to);

        Assert.Equal(
            "The mail server refused recipients; nothing was sent to anybody. refused@example.org: 550 5.1.1 There is no such mailbox", failure.Message);
        await SendAsync(At(server), ["bob@example.org"]);
        Assert.Equal(["bob@example.org"], (await server.NextAsync(Cancel)).To);
    }

    [Fact]
    public async Task Certificate_that_nobody_vouches_for_is_refused()
    {
        using var certificate = new SmtpCertificate();
        await using var server = await ServerAsync(new SmtpSettings(certificate.CertificateFile, certificate.KeyFile, "user", Password));

        var failure = await FailAsync(Secure(server), ["ann@example.org"]);

        Assert.Equal("The mail server has no valid TLS certificate, or does not speak TLS; nothing was sent.", failure.Message);
    }

    [Fact]
    public async Task Server_without_tls_gets_nothing()
    {
        await using var server = await ServerAsync(new SmtpSettings());

        var failure = await FailAsync(Secure(server), ["ann@example.org"]);

        Assert.Equal("The mail server does not offer TLS, as Mail:Security asks for; nothing was sent.", failure.Message);
    }

    [Fact]
    public async Task Server_that_does_not_speak_tls_at_all_is_told()
    {
        await using var server = await ServerAsync(new SmtpSettings());
        var options = Secure(server);
        options.Security = MailSecurity.Tls;

        var failure = await FailAsync(options, ["ann@example.org"]);

        Assert.Equal("The mail server has no valid TLS certificate, or does not speak TLS; nothing was sent.", failure.Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    public async Task Right_password_is_accepted(string? without)
    {
        await using var server = await ServerAsync(new SmtpSettings(User: "user", Password: Password, Without: without));
        var options = At(server);
        (options.User, options.Password) = ("user", Password);

        await SendAsync(options, ["ann@example.org"]);

        Assert.True((await server.NextAsync(Cancel)).Authenticated);
    }

    [Fact]
    public async Task Wrong_password_is_told_without_the_password()
    {
        await using var server = await ServerAsync(new SmtpSettings(User: "user", Password: "another"));
        var options = At(server);
        (options.User, options.Password) = ("user", Password);

        var failure = await FailAsync(options, ["ann@example.org"]);

        Assert.Equal("The mail server refuses the user name and password in Mail:User and Mail:Password; nothing was sent.", failure.Message);
        Assert.DoesNotContain(Password, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_asks_for_a_password_where_none_is_set_is_told()
    {
        await using var server = await ServerAsync(new SmtpSettings(User: "user", Password: Password));

        var failure = await FailAsync(At(server), ["ann@example.org"]);

        Assert.Equal("The mail server asks for a user name and password: Mail:User and Mail:Password; nothing was sent.", failure.Message);
    }

    [Fact]
    public async Task Server_that_takes_no_large_mail_is_told()
    {
        await using var server = await ServerAsync(new SmtpSettings(Limit: 2_000));

        var failure = await FailAsync(At(server), ["ann@example.org"], body: new string('x', 5_000));

        Assert.StartsWith("The mail is too large for the mail server; nothing was sent. It said: 552 ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_goes_away_leaves_open_whether_the_mail_was_sent()
    {
        await using var server = await ServerAsync(new SmtpSettings());

        var failure = await FailAsync(At(server), ["dropped@example.org"]);

        Assert.Equal("The mail server broke the connection off; the mail may have been sent or not.", failure.Message);
        Assert.False(failure.Retryable);
    }

    [Fact]
    public async Task Server_that_is_not_there_is_told()
    {
        var server = await ServerAsync(new SmtpSettings());
        await server.DisposeAsync();

        var failure = await FailAsync(At(server), ["ann@example.org"]);

        Assert.Equal($"The mail server could not be connected to on port {server.Port}; nothing was sent.", failure.Message);
        Assert.True(failure.Retryable);
    }

    [Fact]
    public void There_is_no_tool_until_there_is_a_server() => Assert.Empty(MailTools.Instances(new MailOptions(), TimeProvider.System));

    [Fact]
    public void Person_must_approve_unless_the_operator_says_otherwise()
    {
        var tool = ToolFactory.FromObject(new MailTools(new MailOptions { Host = "h", From = "a@example.org" }, TimeProvider.System), "built_in").Single();

        Assert.Equal("send_email", tool.Name);
        Assert.True(tool.Policy is { RequiresConfirmation: true, OpenWorld: true, ReadOnly: false, MayRunAgain: false });
    }

    private static IEnumerable<string> Bodies(ReceivedMail mail) => mail.Data.Split("--_next_part_")
        .Skip(1)
        .Select(part => part.Split("\r\n\r\n"))
        .Where(part => part.Length > 1)
        .Select(part => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(part[1])));

    private static Task<SmtpServer> ServerAsync(SmtpSettings settings)
    {
        Assert.SkipUnless(SmtpServer.IsAvailable, SmtpServer.Missing);
        return SmtpServer.StartAsync(settings, Cancel);
    }

    private static MailOptions At(SmtpServer server) =>
        new() { Host = "localhost", Port = server.Port, Security = MailSecurity.None, From = "Service <service@example.org>" };

    private static MailOptions Secure(SmtpServer server) =>
        new() { Host = "localhost", Port = server.Port, From = "service@example.org", User = "user", Password = Password };

    private static Task<SentEmail> SendAsync(
        MailOptions options,
        string[] to,
        string subject = "Hello",
        string body = "Hello!",
        string[]? cc = null,
        string[]? bcc = null,
        string? html = null,
        string? replyTo = null,
        IRunningCall? call = null)
    {
        var arguments = new AIFunctionArguments();
        if (call is not null)
            arguments.Context = new Dictionary<object, object?> { [typeof(IRunningCall)] = call };
        return new MailTools(options, TimeProvider.System).SendAsync(to, subject, body, arguments, cc, bcc, html, replyTo, Cancel);
    }

    private static Task<ToolException> FailAsync(
        MailOptions options,
        string[] to,
        string subject = "Hello",
        string body = "Hello!",
        string[]? cc = null,
        string[]? bcc = null,
        string? html = null,
        string? replyTo = null) =>
        Assert.ThrowsAsync<ToolException>(() => SendAsync(options, to, subject, body, cc, bcc, html, replyTo));

    private sealed class SentCall(string id) : IRunningCall
    {
        public string CallId => id;

        public string Owner => "local";

        public string? SessionId => null;

        public string? TurnId => null;

        public void Report(ToolProgress progress)
        {
        }

        public Task<ElicitationAnswer> ElicitAsync(Elicitation request, CancellationToken cancellationToken) =>
            Task.FromResult(new ElicitationAnswer(ElicitationAction.Cancel));
    }
}
