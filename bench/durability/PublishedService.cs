using System.Diagnostics;

namespace ToolService.Durability;

/// <summary>The service as it is shipped.</summary>
internal static class PublishedService
{
    /// <summary>Publishes it; the path of its program.</summary>
    public static async Task<string> MakeAsync(string folder)
    {
        var start = new ProcessStartInfo("dotnet", ["publish", Path.Combine(Root(), "src/ToolService.Api"), "-c", "Release", "-o", folder])
        {
            RedirectStandardOutput = true,
        };
        using var publish = Process.Start(start)!;
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0
            ? Path.Combine(folder, "ToolService.Api.dll")
            : throw new InvalidOperationException($"The service cannot be published: {output}");
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ToolService.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"There is no ToolService.sln above {AppContext.BaseDirectory}: name the program with --service.");
    }
}
