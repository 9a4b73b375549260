namespace ToolService.Core.Tools.Commands;

/// <summary>The groups of tools that configuration turns on.</summary>
internal static class CommandGroups
{
    public const string Files = "files";
    public const string Git = "git";
    public const string Python = "python";
    public const string JavaScript = "javascript";
    public const string Run = "run";

    public static readonly string[] All = [Files, Git, Python, JavaScript, Run];

    public static bool Has(this CommandOptions options, string group) => options.Enabled.Contains(group, StringComparer.OrdinalIgnoreCase);
}
