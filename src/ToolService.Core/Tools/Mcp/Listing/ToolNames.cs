using System.Security.Cryptography;
using System.Text;

namespace ToolService.Core.Tools.Mcp.Listing;

/// <summary>Makes names that are valid here of those that a server uses.</summary>
internal static class ToolNames
{
    private const int Longest = 64;
    private const int HashLength = 8;

    /// <summary>The tools' names here, in their order; null for a tool whose name another one has.</summary>
    public static IReadOnlyList<string?> For(string prefix, IReadOnlyList<string> names)
    {
        var plain = names.Select(name => prefix + Valid(name)).ToList();
        var shared = plain.CountBy(name => name, StringComparer.OrdinalIgnoreCase).Where(count => count.Value > 1)
            .Select(count => count.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);
        return [.. names.Zip(plain, (name, made) => Fit(prefix, name, made, shared.Contains(made))).Select(name => taken.Add(name) ? name : null)];
    }

    /// <summary>The name with <c>_</c> for each character that none may have.</summary>
    public static string Valid(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_'));

    // Which of two tools had its name changed must not depend on their order, or a server could make them change places.
    private static string Fit(string prefix, string name, string made, bool isShared) =>
        made.Length > Longest || (isShared && made != prefix + name)
            ? $"{made[..Math.Min(made.Length, Longest - HashLength - 1)]}_{Hash(name)}"
            : made;

    private static string Hash(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashLength];
}
