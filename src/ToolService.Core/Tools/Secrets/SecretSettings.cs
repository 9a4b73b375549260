namespace ToolService.Core.Tools.Secrets;

/// <summary>What tools may send without anybody reading it: <c>Secrets</c>, by name. Read once, at the start.</summary>
public sealed class SecretSettings
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Secrets";

    /// <summary>The secrets by name, whatever its case.</summary>
    public Dictionary<string, SecretSetting> Entries { get; } = new(StringComparer.OrdinalIgnoreCase);
}
