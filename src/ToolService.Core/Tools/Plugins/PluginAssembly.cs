using System.Reflection;

namespace ToolService.Core.Tools.Plugins;

/// <summary>Finds the classes with tools in a plugin's assembly.</summary>
internal static class PluginAssembly
{
    private const BindingFlags AnyMethod =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    /// <summary>The classes that carry tools, by name.</summary>
    /// <exception cref="ToolException">The assembly cannot be loaded, or has none.</exception>
    public static IReadOnlyList<Type> ToolClasses(PluginFile plugin, PluginContext context)
    {
        try
        {
            var types = context.LoadFromAssemblyPath(Path.GetFullPath(plugin.Path)).GetTypes();
            Type[] classes = [.. types.Where(HasTools).OrderBy(type => type.FullName, StringComparer.Ordinal)];
            if (classes.FirstOrDefault(type => type.IsAbstract || type.ContainsGenericParameters) is { } open)
                throw plugin.Wrong($"{open.FullName} has methods marked [Tool] and must be neither static, abstract nor generic.");

            return classes.Length > 0 ? classes : throw plugin.Wrong("no class in it has a public method marked [Tool].");
        }
        catch (Exception e) when (Explain(e) is { } reason)
        {
            throw plugin.Wrong(reason, e);
        }
    }

    /// <summary>Why an assembly, or what it needs, could not be loaded; null where an exception does not stand for that.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        BadImageFormatException => "it is not a .NET assembly, or not one for this processor.",
        ReflectionTypeLoadException several => several.LoaderExceptions.OfType<Exception>().Select(Explain).FirstOrDefault(),
        FileNotFoundException or FileLoadException when NameIn(exception) is { } name =>
            $"it needs {name.Name} {name.Version}, which is neither beside it nor part of this service in that version.",
        TypeLoadException or MissingMemberException => "it was built for another version of this service, or of something beside it.",
        _ => null,
    };

    private static AssemblyName? NameIn(Exception exception)
    {
        var file = exception is FileNotFoundException missing ? missing.FileName : ((FileLoadException)exception).FileName;
        return file?.Contains(", Version=", StringComparison.Ordinal) is true ? new AssemblyName(file) : null;
    }

    private static bool HasTools(Type type) => type.IsClass && !IsBase(type)
        && type.GetMethods(AnyMethod).Any(method => method.IsDefined(typeof(ToolAttribute)));

    // Its methods are the tools of the classes that derive from it.
    private static bool IsBase(Type type) => type is { IsAbstract: true, IsSealed: false };
}
