using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace ToolService.Api.Hosting.Security;

/// <summary>The configured API keys.</summary>
internal sealed class ApiKeys(IOptions<SecurityOptions> options)
{
    private const int StackLimit = 256;

    private readonly (byte[] Hash, Caller Caller)[] _keys =
        [.. options.Value.ApiKeys.Select(key => (Convert.FromHexString(key.Hash), new Caller(key.Name, ScopesOf(key))))];

    /// <summary>Whether there is any; without one the service is for this machine only.</summary>
    public bool Any => _keys.Length > 0;

    /// <summary>Who holds the key; null when nobody does. Takes as long for a wrong key as for a right one.</summary>
    public Caller? Find(ReadOnlySpan<char> key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(key, hash);
        Caller? found = null;
        foreach (var (expected, caller) in _keys)
            if (CryptographicOperations.FixedTimeEquals(hash, expected))
                found = caller;

        return found;
    }

    private static void Hash(ReadOnlySpan<char> key, Span<byte> hash)
    {
        var length = Encoding.UTF8.GetMaxByteCount(key.Length);
        var bytes = length <= StackLimit ? stackalloc byte[StackLimit] : new byte[length];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(key, bytes)], hash);
    }

    private static FrozenSet<string> ScopesOf(ApiKeyOptions key) => key.Scopes.Count == 0 ? Scopes.Default : key.Scopes.ToFrozenSet(StringComparer.Ordinal);
}
