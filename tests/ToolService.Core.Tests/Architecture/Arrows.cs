using System.Text.RegularExpressions;

namespace ToolService.Core.Tests.Architecture;

/// <summary>Which folder of the core may use which, and which packages stay where; the picture is DESIGN.md §3.</summary>
internal static partial class Arrows
{
    public const string Core = "src/ToolService.Core/";

    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Schema"] = [],
        ["Models"] = [],
        ["Tools"] = ["Schema"],
        ["Tools.Http"] = ["Tools"],
        ["Tools.Http.Operations"] = ["Tools", "Tools.Http", "Tools.Sources", "Schema"],
        ["Tools.Http.Registration"] = ["Tools", "Tools.Http", "Tools.Http.Operations", "Tools.Sources", "Schema"],
        ["Tools.Sources"] = ["Tools"],
        ["Tools.OpenApi"] = ["Tools", "Tools.Http", "Tools.Http.Operations", "Tools.Sources", "Schema"],
        ["Tools.Mcp"] = ["Tools", "Tools.Http", "Tools.Secrets", "Tools.Sources", "Schema"],
        ["Tools.Commands"] = ["Tools", "Tools.Sources", "Tools.Sandbox"],
        ["Tools.Sandbox"] = ["Tools"],
        ["Tools.Plugins"] = ["Tools", "Tools.Http", "Tools.Sources"],
        ["Tools.BuiltIn"] = ["Tools", "Tools.Http"],
        ["Execution"] = ["Tools", "Tools.Sources", "Schema"],
        ["Conversations"] = ["Execution", "Tools", "Tools.Sources", "Models", "Schema", "Conversations.Attachments", "Conversations.Callbacks"],
        ["Conversations.Attachments"] = ["Conversations", "Tools", "Tools.Http"],
        ["Conversations.Callbacks"] = ["Conversations", "Tools", "Tools.Http"],
        ["Storage"] = ["Execution", "Tools", "Tools.Sources", "Conversations", "Conversations.Callbacks", "Schema"],
        ["Scheduling"] = ["Execution", "Conversations", "Conversations.Callbacks"],
    };

    private static readonly (string Package, string Folder)[] Homes =
    [
        ("OpenAI", "Models"),
        ("Anthropic", "Models"),
        ("Microsoft.EntityFrameworkCore", "Storage"),
        ("Npgsql", "Storage"),
        ("Microsoft.Data.Sqlite", "Storage"),
        ("SQLitePCL", "Storage"),
        ("Quartz", "Scheduling"),
        ("AngleSharp", "Tools.BuiltIn"),
        ("YamlDotNet", "Tools.OpenApi"),
    ];

    /// <summary>What a file does that its folder may not.</summary>
    /// <param name="path">The file's path from the root of the repository.</param>
    /// <param name="text">Its text.</param>
    public static IEnumerable<string> Violations(string path, string text)
    {
        var code = SourceText.WithoutCommentsAndStrings(text);
        var folder = FolderOf(path);
        return OwnViolations(path, folder, code).Concat(PackageViolations(path, folder, code)).Select(violation => $"{path} {violation}");
    }

    /// <summary>Whether a file at the root of the core uses its folders, which only the registration does.</summary>
    public static bool SeesFolders(string path, string text) =>
        path.StartsWith(Core, StringComparison.Ordinal)
        && FolderOf(path).Length == 0
        && Targets(SourceText.WithoutCommentsAndStrings(text)).Any();

    private static IEnumerable<string> OwnViolations(string path, string folder, string code)
    {
        if (!path.StartsWith(Core, StringComparison.Ordinal))
            yield break;
        if (code.Contains("ToolService.Api", StringComparison.Ordinal))
            yield return "uses the API.";
        if (folder.Length == 0)
            yield break;
        if (Known(folder) is not { } known)
        {
            yield return $"is in {folder}, for which no arrows are drawn.";
            yield break;
        }

        foreach (var target in Targets(code).Where(target => target != known && !Allowed[known].Contains(target)))
            yield return $"uses {target}.";
    }

    private static IEnumerable<string> PackageViolations(string path, string folder, string code) =>
        from home in Homes
        where !path.StartsWith(Core, StringComparison.Ordinal) || !IsWithin(folder, home.Folder)
        where Regex.IsMatch(code, $@"(?<![\w.]){Regex.Escape(home.Package)}\s*[.;]", RegexOptions.CultureInvariant)
        select $"uses {home.Package}, which stays in {home.Folder}.";

    // A folder is a namespace; one without arrows of its own has those of the folder it is in.
    private static string? Known(string name) => Allowed.Keys.Where(known => IsWithin(name, known)).MaxBy(known => known.Length);

    private static IEnumerable<string> Targets(string code) =>
        References().Matches(code)
            .Select(match => Regex.Replace(match.Groups["target"].Value, @"\s", ""))
            .Select(target => Known(target) ?? (IsFolder(target.Split('.')[0]) ? target.Split('.')[0] : null))
            .OfType<string>()
            .Distinct();

    private static bool IsWithin(string target, string folder) => (target + '.').StartsWith(folder + '.', StringComparison.Ordinal);

    private static bool IsFolder(string name) => Directory.Exists(Path.Combine(SourceTree.Root, Core, name));

    private static string FolderOf(string path) => path.StartsWith(Core, StringComparison.Ordinal)
        ? (Path.GetDirectoryName(path[Core.Length..]) ?? "").Replace('/', '.').Replace('\\', '.')
        : "";

    [GeneratedRegex(@"\bToolService\s*\.\s*Core\s*\.\s*(?<target>\w+(\s*\.\s*\w+)*)", RegexOptions.CultureInvariant)]
    private static partial Regex References();
}
