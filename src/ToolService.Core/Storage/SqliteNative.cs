using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace ToolService.Core.Storage;

/// <summary>
/// Decides which SQLite the process uses. EF Core 10 is built against SQLitePCLRaw 2.1, and the package source has 2.0.6: the runtime
/// refuses a lower version than was asked for, so the file beside the application is handed to it. With a newer version that never happens.
/// Distributions patch their own libsqlite3, so it goes before the one that the package brings.
/// </summary>
internal static class SqliteNative
{
    private const string Managed = "SQLitePCLRaw.core";
    private const string Provider = "SQLitePCLRaw.provider.e_sqlite3";
    private const string Bundled = "e_sqlite3";

    private static readonly string[] SystemLibraries = ["libsqlite3.so.0", "libsqlite3.dylib"];

#pragma warning disable CA2255 // Whatever part of this assembly is used first, SQLite must not have been loaded before.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Install()
    {
        AssemblyLoadContext.Default.Resolving += ResolveManaged;
        AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) => PreferSystemLibrary(loaded.LoadedAssembly);
    }

    private static Assembly? ResolveManaged(AssemblyLoadContext context, AssemblyName name)
    {
        var file = Path.Combine(AppContext.BaseDirectory, Managed + ".dll");
        return name.Name == Managed && File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
    }

    private static void PreferSystemLibrary(Assembly assembly)
    {
        if (assembly.GetName().Name == Provider)
            NativeLibrary.SetDllImportResolver(assembly, ResolveNative);
    }

    private static nint ResolveNative(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Bundled)
            return 0;

        foreach (var library in SystemLibraries)
        {
            if (NativeLibrary.TryLoad(library, out var handle))
                return handle;
        }

        return 0;
    }
}
