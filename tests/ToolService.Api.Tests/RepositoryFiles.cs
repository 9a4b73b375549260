namespace ToolService.Api.Tests;

/// <summary>The files of the repository that the tests lie in, for those that hold documents to what they say.</summary>
internal static class RepositoryFiles
{
    /// <summary>A path from the repository's root as a full one.</summary>
    public static string FullPath(string path) => Path.Combine(Root(), path);

    /// <summary>The text of a file, by its path from the repository's root.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root(), path));

    /// <summary>The paths of the files in a folder that a pattern finds, from the repository's root.</summary>
    public static IEnumerable<string> Find(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root(), folder), pattern).Select(path => Path.GetRelativePath(Root(), path));

    /// <summary>Whether there is such a file.</summary>
    public static bool Has(string path) => File.Exists(Path.Combine(Root(), path));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ToolService.sln")))
            folder = folder.Parent;

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not lie within the repository.");
    }
}
