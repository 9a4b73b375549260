using System.Globalization;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>Names the secrets of security schemes.</summary>
internal sealed class SecretNames(OpenApiImportOptions options)
{
    private const int LongestName = 100;

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <exception cref="OpenApiException">The options name it otherwise than secrets are named.</exception>
    public string Of(string scheme)
    {
        if (options.Secrets.TryGetValue(scheme, out var given))
            return IsName(given)
                ? given
                : throw new OpenApiException(
                    $"The secret's name '{JsonDisplay.Shorten(given)}' must be 1 to {LongestName} of letters, digits, '_', '-' and '.'.");

        var name = NameText.Collapse($"{options.Prefix}_{scheme}", char.IsAsciiLetterOrDigit).ToUpperInvariant();
        name = name.Length == 0 ? "API" : name[..Math.Min(name.Length, LongestName - 4)];
        var unique = name;
        for (var count = 2; !_taken.Add(unique); count++)
            unique = string.Create(CultureInfo.InvariantCulture, $"{name}_{count}");
        return unique;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}
