using System.Globalization;
using System.Net;

namespace ToolService.Core.Tools.Secrets;

/// <summary>A host that a secret may be sent to.</summary>
/// <param name="Name">The name, in lower case, without <c>*.</c>.</param>
/// <param name="IsBelow">Whether hosts below the name are meant, and not itself.</param>
/// <param name="Port">The port; null for any.</param>
internal readonly record struct SecretHost(string Name, bool IsBelow, int? Port)
{
    private const string Below = "*.";

    /// <exception cref="FormatException">The text is no host.</exception>
    public static SecretHost Parse(string text) => TryParse(text, out var host) ? host : throw new FormatException($"'{text}' is no host.");

    public static bool TryParse(string? text, out SecretHost host)
    {
        host = default;
        var rest = text?.Trim() ?? "";
        int? port = null;
        if (rest.LastIndexOf(':') is var colon and > 0 && !rest.EndsWith(']'))
        {
            if (!int.TryParse(rest.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number is < 1 or > IPEndPoint.MaxPort)
                return false;

            (port, rest) = (number, rest[..colon]);
        }

        var isBelow = rest.StartsWith(Below, StringComparison.Ordinal);
        var name = isBelow ? rest[Below.Length..] : rest;
        if (Uri.CheckHostName(name) == UriHostNameType.Unknown || !Uri.TryCreate($"http://{name}/", UriKind.Absolute, out var url))
            return false;

        host = new SecretHost(url.IdnHost.ToLowerInvariant(), isBelow, port);
        return true;
    }

    public bool Includes(Uri url)
    {
        var name = url.IdnHost.ToLowerInvariant();
        return (Port is null || Port == url.Port)
            && (IsBelow ? name.EndsWith($".{Name}", StringComparison.Ordinal) : name == Name);
    }
}
