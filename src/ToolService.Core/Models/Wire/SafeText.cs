using System.Text.RegularExpressions;

namespace ToolService.Core.Models.Wire;

/// <summary>Takes keys and addresses out of a provider's words, and bounds them.</summary>
/// <param name="apiKey">The key that was sent.</param>
/// <param name="host">The host that was asked.</param>
internal sealed partial class SafeText(string? apiKey, string? host)
{
    private const int MaxLength = 300;
    // Shorter ones are placeholders such as `none` or `x`, and words of their own.
    private const int MinKeyLength = 6;

    public string Of(string text)
    {
        var safe = text.Length > MaxLength * 4 ? text[..(MaxLength * 4)] : text;
        if (apiKey is { Length: >= MinKeyLength })
            safe = safe.Replace(apiKey, "(key)", StringComparison.Ordinal);
        safe = Keys().Replace(safe, "(key)");
        safe = Addresses().Replace(safe, "(address)");
        if (!string.IsNullOrEmpty(host))
            safe = safe.Replace(host, "(address)", StringComparison.OrdinalIgnoreCase);
        safe = Spaces().Replace(safe, " ").Trim();
        return safe.Length > MaxLength ? string.Concat(safe.AsSpan(0, MaxLength), "…") : safe;
    }

    [GeneratedRegex(@"\b(sk|gsk|xai|pplx|r8|hf)[-_][A-Za-z0-9_*.-]{3,}|\bBearer\s+\S+", RegexOptions.CultureInvariant)]
    private static partial Regex Keys();

    [GeneratedRegex(@"\b[a-z][a-z0-9+.-]{1,20}://\S+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Addresses();

    [GeneratedRegex(@"[\s\p{C}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
