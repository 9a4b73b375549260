using System.Collections.Frozen;

namespace ToolService.Api.Hosting.Security;

/// <summary>What an API key may do.</summary>
public static class Scopes
{
    /// <summary>List and call tools, and read the history of one's own calls.</summary>
    public const string Tools = "tools";

    /// <summary>Sessions and turns.</summary>
    public const string Chat = "chat";

    /// <summary>Decide the confirmations of one's own calls.</summary>
    public const string Confirmations = "confirmations";

    /// <summary>See and decide everyone's confirmations.</summary>
    public const string Approve = "approve";

    /// <summary>Register, change and remove HTTP tools, which may send the operator's secrets where their hosts allow.</summary>
    public const string Register = "register";

    /// <summary>Everything, on everyone's records.</summary>
    public const string Admin = "admin";

    /// <summary>Every scope there is.</summary>
    public static readonly FrozenSet<string> All =
        FrozenSet.Create(StringComparer.Ordinal, Tools, Chat, Confirmations, Approve, Register, Admin);

    /// <summary>What a key has for which none are configured.</summary>
    public static readonly FrozenSet<string> Default = FrozenSet.Create(StringComparer.Ordinal, Tools, Chat, Confirmations);
}
