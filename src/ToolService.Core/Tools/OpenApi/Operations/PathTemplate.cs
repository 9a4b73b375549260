using System.Text.RegularExpressions;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>A path with names in braces.</summary>
internal static partial class PathTemplate
{
    /// <summary>The names in the path, each once.</summary>
    /// <exception cref="OpenApiException">The path cannot be sent.</exception>
    public static List<string> Names(DeclaredOperation operation)
    {
        var path = operation.Path;
        if (path.AsSpan().ContainsAny('?', '#') || path.Any(char.IsControl))
            throw operation.PathItem.Refuse("A path must not have '?', '#' or control characters in it; declare query parameters instead.");
        var rest = Place().Replace(path, "");
        if (rest.AsSpan().ContainsAny('{', '}'))
            throw operation.PathItem.Refuse($"The braces in the path '{JsonDisplay.Shorten(path)}' do not match.");
        return [.. Place().Matches(path).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"\{(?<name>[^{}/]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
