using System.Globalization;
using System.Net;

namespace ToolService.Core.Tools.Http;

/// <summary>Ports from <paramref name="First"/> to <paramref name="Last"/>, both included.</summary>
internal readonly record struct PortRange(int First, int Last)
{
    /// <summary>What is allowed where nothing is configured: the web's own ports, and none of the system services below 1024.</summary>
    public static IReadOnlyList<PortRange> Default { get; } = [new(80, 80), new(443, 443), new(1024, IPEndPoint.MaxPort)];

    public bool Contains(int port) => port >= First && port <= Last;

    /// <exception cref="FormatException">The text is neither a port nor a range.</exception>
    public static PortRange Parse(string text) =>
        TryParse(text, out var range) ? range : throw new FormatException($"'{text}' is no port range.");

    public static bool TryParse(string? text, out PortRange range)
    {
        range = default;
        var ends = (text ?? "").Split('-');
        if (ends.Length > 2 || !TryPort(ends[0], out var first) || !TryPort(ends[^1], out var last) || first > last)
            return false;

        range = new PortRange(first, last);
        return true;
    }

    private static bool TryPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out port)
        && port is > 0 and <= IPEndPoint.MaxPort;
}
