namespace ToolService.Core.Tools.Http;

/// <summary>Bounds of everything the service fetches for a tool: <c>Http</c>.</summary>
public sealed class HttpOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Http";

    /// <summary>
    /// Networks in CIDR form, such as <c>10.1.0.0/16</c> or <c>127.0.0.1/32</c>, that may be reached although they are private, loopback or
    /// otherwise special.
    /// A cloud's metadata address is opened by its own <c>/32</c> or <c>/128</c> only, never by a wider network. Default none.
    /// </summary>
    public List<string> AllowPrivateNetworks { get; set; } = [];

    /// <summary>Ports and port ranges, such as <c>443</c> or <c>8000-8999</c>. None listed means 80, 443 and 1024-65535.</summary>
    public List<string> AllowedPorts { get; set; } = [];

    /// <summary>The most bytes read of one answer, counted after decompression. Default 2,000,000.</summary>
    public int MaxResponseBytes { get; set; } = 2_000_000;

    /// <summary>
    /// How long one fetch may take: name resolution, connection, redirects, headers and body together. Default 15 seconds.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// What the service calls itself. Wikipedia and the National Weather Service ask for a way to reach the operator in it. Default
    /// <c>ToolService/0.1</c>.
    /// </summary>
    public string UserAgent { get; set; } = "ToolService/0.1";
}
