namespace ToolService.Core.Tests.Architecture;

/// <summary>The repository's source files, found by walking up to the solution.</summary>
internal static class SourceTree
{
    public static readonly string Root = FindRoot(AppContext.BaseDirectory);

    /// <summary>Every C# file that a person wrote, as a path relative to the root, with its text.</summary>
    public static IEnumerable<(string Path, string Text)> Files(params string[] folders) =>
        from folder in folders
        from file in Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Root, file).Replace('\\', '/')
        where !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
        orderby path
        select (path, File.ReadAllText(file));

    private static string FindRoot(string start)
    {
        var folder = new DirectoryInfo(start);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ToolService.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"There is no ToolService.sln above {start}.");
    }
}
