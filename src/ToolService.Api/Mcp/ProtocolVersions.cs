namespace ToolService.Api.Mcp;

/// <summary>The revisions of the protocol, which come in two generations.</summary>
internal static class ProtocolVersions
{
    /// <summary>What a client speaks that names no version.</summary>
    public const string Unnamed = "2025-03-26";

    /// <summary>The first revision without a handshake: every request says itself what the client is and can.</summary>
    private const string FirstModern = "2026-07-28";

    /// <summary>Whether a version's requests describe themselves.</summary>
    public static bool IsModern(string version) => string.CompareOrdinal(version, FirstModern) >= 0 && version.Length == FirstModern.Length;
}
