using System.Reflection;
using System.Runtime.Loader;

namespace ToolService.Core.Tools.Plugins;

/// <summary>
/// Keeps a plugin's assemblies apart from the service's and other plugins'. In common are the framework, what tools are written against,
/// and nothing else: the service's own packages are not a plugin's to use, nor in its way.
/// </summary>
internal sealed class PluginContext(PluginFile plugin) : AssemblyLoadContext(plugin.Name)
{
    private static readonly HashSet<string> Shared = SharedNames();

    private readonly AssemblyDependencyResolver _resolver = new(Path.GetFullPath(plugin.Path));

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (Shared.Contains(assemblyName.Name ?? ""))
            return null;

        return _resolver.ResolveAssemblyToPath(assemblyName) is { } path
            ? LoadFromAssemblyPath(path)
            : throw new FileNotFoundException(null, assemblyName.FullName);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    private static HashSet<string> SharedNames()
    {
        var all = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator);
        var shared = all.Where(path => !IsOurs(path) || IsSeam(path)).Select(path => Path.GetFileNameWithoutExtension(path));
        return new HashSet<string>(shared, StringComparer.OrdinalIgnoreCase);
    }

    private static bool IsOurs(string path) => path.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal);

    // The types of these are in the signatures of tools and of what their classes are given.
    private static bool IsSeam(string path) => Path.GetFileName(path) is "ToolService.Core.dll"
        || Path.GetFileName(path).StartsWith("Microsoft.Extensions.", StringComparison.Ordinal);
}
