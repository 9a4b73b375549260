using System.Text.RegularExpressions;

namespace ToolService.Api.Chat;

/// <summary>What a request prefers (RFC 7240).</summary>
internal static partial class Preference
{
    /// <summary>To be answered at once, before the work is done.</summary>
    public const string Asynchronous = "respond-async";

    /// <summary>Whether a <c>Prefer</c> header names a preference; whatever else it names is ignored.</summary>
    public static bool Names(string? header, string preference) =>
        header is not null
        && Quoted().Replace(header, "").Split(',')
            .Any(part => part.Split(';')[0].Trim().Equals(preference, StringComparison.OrdinalIgnoreCase));

    // What is quoted may hold commas, and is a value.
    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"")]
    private static partial Regex Quoted();
}
