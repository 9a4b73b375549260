using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ToolService.Core.Conversations.Callbacks;

/// <summary>Signs callbacks as Standard Webhooks does, whose libraries so verify them.</summary>
internal static class CallbackSignature
{
    public const string SecretPrefix = "whsec_";
    public const int LeastSecretBytes = 24;

    /// <summary>The key that a secret stands for; false where it is too short, or no base64 after its prefix.</summary>
    public static bool TryReadSecret(string secret, [NotNullWhen(true)] out byte[]? key)
    {
        key = null;
        var encoded = secret.StartsWith(SecretPrefix, StringComparison.Ordinal) ? secret[SecretPrefix.Length..] : null;
        if (encoded is not null && !Base64.IsValid(encoded))
            return false;

        var bytes = encoded is null ? Encoding.UTF8.GetBytes(secret) : Convert.FromBase64String(encoded);
        key = bytes.Length < LeastSecretBytes ? null : bytes;
        return key is not null;
    }

    /// <summary>The headers that tell a receiver what it got, when it was sent, and that this service sent it.</summary>
    public static Dictionary<string, string> Headers(byte[] key, string id, DateTimeOffset now, byte[] body)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hmac.AppendData(body);
        return new Dictionary<string, string>
        {
            ["webhook-id"] = id,
            ["webhook-timestamp"] = timestamp,
            ["webhook-signature"] = $"v1,{Convert.ToBase64String(hmac.GetHashAndReset())}",
        };
    }
}
