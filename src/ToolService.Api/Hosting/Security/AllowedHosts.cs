using Microsoft.Extensions.Primitives;

namespace ToolService.Api.Hosting.Security;

/// <summary>The names under which the service answers: setting <c>AllowedHosts</c>, names apart by <c>;</c>, <c>*.example.com</c> for subdomains, <c>*</c> for any.</summary>
internal sealed class AllowedHosts
{
    public const string Setting = "AllowedHosts";

    private const string Any = "*";

    // A page on another site can point its own name at this machine; it cannot change the name that the browser then sends.
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    private readonly IList<StringSegment> _patterns;

    /// <param name="setting">The setting; empty allows only loopback names, or any where keys are required.</param>
    /// <param name="keysRequired">Whether callers need a key, which a page on another site does not have.</param>
    public AllowedHosts(string? setting, bool keysRequired)
    {
        string[] configured = (setting ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] patterns = configured.Length > 0 ? configured : keysRequired ? [Any] : Loopback;
        AllowsAny = patterns.Contains(Any);
        _patterns = [.. patterns.Select(pattern => new StringSegment(pattern))];
    }

    public bool AllowsAny { get; }

    public bool Allows(HostString host) => AllowsAny || (host.HasValue && HostString.MatchesAny(host.Host, _patterns));
}
