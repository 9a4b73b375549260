namespace ToolService.Core.Tools.Sandbox;

/// <summary>Finds programs where the system has them; what the service's own environment says does not count.</summary>
internal static class Programs
{
    /// <summary>Where programs are looked for, on this machine and in the sandbox.</summary>
    public const string SearchPath = "/usr/local/bin:/usr/bin:/bin";

    /// <summary>The program's path; null where there is none.</summary>
    public static string? Find(string name) =>
        SearchPath.Split(':').Select(folder => $"{folder}/{name}").FirstOrDefault(File.Exists);

    /// <summary>The program's path.</summary>
    /// <exception cref="SandboxUnavailableException">There is none.</exception>
    public static string Require(string name, string package) =>
        Find(name) ?? throw new SandboxUnavailableException($"'{name}' is not in {SearchPath}; install {package}.");
}
