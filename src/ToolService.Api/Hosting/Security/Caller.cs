using System.Collections.Frozen;

namespace ToolService.Api.Hosting.Security;

/// <summary>Who sent the request.</summary>
/// <param name="Name">The name of an API key, or <c>local</c>; it owns what the request makes.</param>
/// <param name="Scopes">What the caller may do.</param>
public sealed record Caller(string Name, FrozenSet<string> Scopes)
{
    /// <summary>Whoever reaches a service without API keys, which only the same machine can.</summary>
    public static readonly Caller Local = new("local", Security.Scopes.All);

    /// <summary>Whether everyone's records are visible, not only the caller's own.</summary>
    public bool SeesEverything => Scopes.Contains(Security.Scopes.Admin);

    /// <summary>Whether the caller has at least one of these scopes; <c>admin</c> counts as each.</summary>
    public bool HasAny(IReadOnlyList<string> scopes)
    {
        if (SeesEverything)
            return true;

        foreach (var scope in scopes)
            if (Scopes.Contains(scope))
                return true;

        return false;
    }
}
