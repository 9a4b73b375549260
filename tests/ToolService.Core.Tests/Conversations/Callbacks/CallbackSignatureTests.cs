using System.Text;
using ToolService.Core.Conversations.Callbacks;

namespace ToolService.Core.Tests.Conversations.Callbacks;

public class CallbackSignatureTests
{
    [Fact]
    public void Signature_is_that_of_standard_webhooks()
    {
        // The example that the libraries of Standard Webhooks are tested with.
        Assert.True(CallbackSignature.TryReadSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", out var key));

        var headers = CallbackSignature.Headers(
            key, "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), Encoding.UTF8.GetBytes("""{"test": 2432232314}"""));

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", headers["webhook-signature"]);
        Assert.Equal("1614265330", headers["webhook-timestamp"]);
    }

    [Theory]
    [InlineData("a secret that is long enough", true)]
    [InlineData("ein Schlüssel mit Umlauten", true)]
    [InlineData("too short to be a secret", true)]
    [InlineData("too short to be a secre", false)]
    [InlineData("whsec_", false)]
    [InlineData("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY", false)]
    public void Secret_has_at_least_24_bytes(string secret, bool isValid) => Assert.Equal(isValid, CallbackSignature.TryReadSecret(secret, out _));
}
