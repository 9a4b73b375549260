using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ToolService.Core.Models.Anthropic;

/// <summary>Ids and names that the API accepts, for those of a history that another provider's model made up.</summary>
internal static partial class MessagesNames
{
    private const int MaxToolLength = 128;

    /// <summary>The call's id. One that is not accepted is replaced by another, always the same: its result is found by it.</summary>
    public static string Id(string id) =>
        Accepted().IsMatch(id) ? id : $"call_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 12))}";

    /// <summary>The tool's name, as near as it can be.</summary>
    public static string Tool(string name)
    {
        var accepted = NotAccepted().Replace(name, "_");
        return accepted.Length switch
        {
            0 => "unnamed",
            > MaxToolLength => accepted[..MaxToolLength],
            _ => accepted,
        };
    }

    [GeneratedRegex(@"^[a-zA-Z0-9_-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Accepted();

    [GeneratedRegex("[^a-zA-Z0-9_-]", RegexOptions.CultureInvariant)]
    private static partial Regex NotAccepted();
}
