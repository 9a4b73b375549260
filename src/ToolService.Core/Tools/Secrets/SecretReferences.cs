using System.Text.RegularExpressions;

namespace ToolService.Core.Tools.Secrets;

/// <summary>Finds <c>${secret:NAME}</c> in texts.</summary>
internal static partial class SecretReferences
{
    private const string Beginning = "${secret:";

    public static bool IsName(string text) => Name().IsMatch(text);

    /// <summary>Whether a text refers to a secret, also by something that is no name.</summary>
    public static bool IsIn(string text) => text.Contains(Beginning, StringComparison.Ordinal);

    /// <summary>The names that a text refers to; empty where it does not.</summary>
    public static IEnumerable<string> NamesIn(string text) => Reference().Matches(text).Select(match => match.Groups["name"].Value);

    /// <summary>Whether every reference in a text is complete and has a name.</summary>
    public static bool AreWellFormed(string text) => !IsIn(Reference().Replace(text, ""));

    public static string Replace(string text, Func<string, string> value) =>
        Reference().Replace(text, match => value(match.Groups["name"].Value));

    [GeneratedRegex(@"\$\{secret:(?<name>[A-Za-z0-9_]{1,64})\}", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex(@"^[A-Za-z0-9_]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
