namespace ToolService.Core.Tests;

internal static class SharedData
{
    private const string Marker = "DESIGN.md";

    /// <summary>The path of a folder of shared test data; the test is skipped where there is none.</summary>
    public static string Folder(string name)
    {
        foreach (var root in Roots())
        {
            var path = Path.Combine(root, name);
            if (File.Exists(Path.Combine(root, Marker)) && Directory.Exists(path))
                return path;
        }

        Assert.Skip($"No shared test data '{name}': set TOOLSERVICE_TEST_DATA to the folder that has it.");
        return "";
    }

    private static IEnumerable<string> Roots()
    {
        if (Environment.GetEnvironmentVariable("TOOLSERVICE_TEST_DATA") is { Length: > 0 } configured)
            yield return configured;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            yield return Path.Combine(folder.FullName, "shared");
    }
}
