using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Tools.Http;

public class SecureConnectionTests
{
    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = DateTimeOffset.UtcNow;
        using var certificate =
            new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        await using var server =
            await LocalServer.StartAsync(context => LocalServer.AnswerAsync(context, "secret", "text/plain"), certificate);
        using var http = TestHttp.Local();

        var failure =
            await Assert.ThrowsAsync<ToolException>(() => http.GetAsync(server.Url, "*/*", TestContext.Current.CancellationToken));

        Assert.Equal("'127.0.0.1' has no valid TLS certificate, or does not speak TLS.", failure.Message);
        Assert.False(failure.Retryable);
        Assert.Empty(server.Requests);
    }
}
