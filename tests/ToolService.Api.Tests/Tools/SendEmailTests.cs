using System.Net;
using System.Text.Json;
using ToolService.Api.Tests.Hosting;
using ToolService.Testing.Smtp;

namespace ToolService.Api.Tests.Tools;

public sealed class SendEmailTests : IDisposable
{
    private const string Arguments = """{"to":["ann@example.org"],"subject":"Hello","body":"Hello!"}""";
    private const string Password = "pass-word-1";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("StartTls")]
    [InlineData("Tls")]
    public async Task Approved_mail_goes_over_tls_with_the_password(string security)
    {
        Assert.SkipUnless(SmtpServer.IsAvailable, SmtpServer.Missing);
        using var certificate = new SmtpCertificate();
        await using var smtp = await SmtpServer.StartAsync(
            new SmtpSettings(certificate.CertificateFile, certificate.KeyFile, "user", Password, Tls: security == "Tls"), Cancel);
        // In a process of its own: which certificates are trusted is read once per process.
        using var process = ServiceProcess.Start(
            _folder.Path,
            new Dictionary<string, string> { ["SSL_CERT_FILE"] = certificate.CertificateFile },
            "--urls=http://127.0.0.1:0",
            "--Mail:Host=localhost",
            $"--Mail:Port={smtp.Port}",
            $"--Mail:Security={security}",
            "--Mail:From=service@example.org",
            "--Mail:User=user",
            $"--Mail:Password={Password}");
        using var client = new HttpClient { BaseAddress = await process.WaitForAddressAsync() };

        var call = await client.CallAsync("send_email", Arguments, HttpStatusCode.Accepted, "call-of-mine");
        var sent = await client.PostJsonAsync($"/v1/confirmations/{call.GetProperty("confirmation").Text("id")}", """{"decision":"approve"}""");

        var mail = await smtp.NextAsync(Cancel);
        Assert.True(mail is { Encrypted: true, Authenticated: true });
        Assert.Equal("<call-of-mine@example.org>", mail.Header("Message-ID"));
        Assert.Equal("<call-of-mine@example.org>", sent.GetProperty("result").Text("message_id"));
        Assert.DoesNotContain(Password, (await client.GetJsonAsync("/v1/tools/history/call-of-mine")).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approval_may_be_taken_away_by_the_operator()
    {
        Assert.SkipUnless(SmtpServer.IsAvailable, SmtpServer.Missing);
        await using var smtp = await SmtpServer.StartAsync(new SmtpSettings(), Cancel);
        await using var service = await TestService.StartAsync(new Dictionary<string, string>
        {
            ["Mail:Host"] = "localhost",
            ["Mail:Port"] = $"{smtp.Port}",
            ["Mail:Security"] = "None",
            ["Mail:From"] = "service@example.org",
            ["Mail:AllowedRecipients:0"] = "*@example.org",
            ["Tools:Policies:send_email:RequiresConfirmation"] = "false",
        });

        var sent = await service.Client.CallAsync("send_email", Arguments);

        Assert.Equal(JsonValueKind.Object, sent.GetProperty("result").ValueKind);
        Assert.Equal(["ann@example.org"], (await smtp.NextAsync(Cancel)).To);
    }

    [Theory]
    [InlineData("send_email")]
    [InlineData("search_web")]
    public async Task Tool_is_not_there_until_it_is_configured(string tool)
    {
        await using var service = await TestService.StartAsync();

        await service.Client.GetJsonAsync($"/v1/tools/{tool}", HttpStatusCode.NotFound);
    }

    public void Dispose() => _folder.Dispose();
}
