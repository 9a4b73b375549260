using System.Text.RegularExpressions;

namespace ToolService.Core.Tools.Plugins;

/// <summary>A plugin as it lies in the folder.</summary>
/// <param name="Name">Its name, which becomes its source's.</param>
/// <param name="Path">Its assembly.</param>
/// <param name="Folder">The folder that is the plugin's own; null where the assembly lies among others.</param>
internal sealed partial record PluginFile(string Name, string Path, string? Folder)
{
    private const UnixFileMode ByAnybody = UnixFileMode.OtherWrite;
    private const string Assemblies = "*.dll";

    /// <summary>The plugins in a folder: those with folders of their own first, each by name. None where there is no such folder.</summary>
    public static IReadOnlyList<PluginFile> In(string folder)
    {
        if (!Directory.Exists(folder))
            return [];

        var folders = Directory.EnumerateDirectories(folder)
            .Select(own => (Own: own, Name: System.IO.Path.GetFileName(own)))
            .Where(own => !own.Name.StartsWith('.'))
            .Select(own => new PluginFile(own.Name, System.IO.Path.Combine(own.Own, $"{own.Name}.dll"), own.Own));
        var files = Directory.EnumerateFiles(folder, Assemblies)
            .Select(file => new PluginFile(System.IO.Path.GetFileNameWithoutExtension(file), file, Folder: null));
        return [.. folders.OrderBy(Key, StringComparer.Ordinal), .. files.OrderBy(Key, StringComparer.Ordinal)];

        static string Key(PluginFile plugin) => plugin.Name;
    }

    /// <summary>Lets pass only what could be a plugin and what nobody but its owners could have put there.</summary>
    /// <exception cref="ToolException">It is not.</exception>
    public void Check()
    {
        if (!NamePattern().IsMatch(Name))
            throw Wrong("its name must be 1 to 64 of letters, digits, '_', '-' and '.', and begin with a letter or digit.");
        if (!File.Exists(Path))
            throw Wrong("there is no such file; a folder of a plugin holds an assembly of the folder's name.");
        if (!OperatingSystem.IsWindows() && Parts().FirstOrDefault(IsWritableByAnybody) is { } open)
            throw Wrong($"every user of this machine may write '{open}', and so decide what the service runs; take that right away.");
    }

    /// <summary>What tells whether the files have changed since.</summary>
    public string Stamp() => string.Join('\n', Files().Order(StringComparer.Ordinal).Select(file => new FileInfo(file))
        .Select(file => $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}"));

    /// <summary>A failure that names the file.</summary>
    public ToolException Wrong(string reason, Exception? cause = null) => new($"Plugin {Path}: {reason}", cause);

    // Whoever can write a folder can put others in the place of what is in it.
    private IEnumerable<string> Parts() => Folder is null
        ? [Parent(Path), Path]
        : [Parent(Folder), Folder, .. All("*")];

    private static string Parent(string path) => System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;

    private IEnumerable<string> Files() => Folder is null ? [Path] : All(Assemblies).Where(File.Exists);

    private IEnumerable<string> All(string pattern) => Directory.EnumerateFileSystemEntries(Folder!, pattern, SearchOption.AllDirectories);

    private static bool IsWritableByAnybody(string path)
    {
        FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        return ((entry.ResolveLinkTarget(returnFinalTarget: true) ?? entry).UnixFileMode & ByAnybody) != 0;
    }

    [GeneratedRegex(@"^[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
