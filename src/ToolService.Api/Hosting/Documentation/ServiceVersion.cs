using System.Reflection;

namespace ToolService.Api.Hosting.Documentation;

/// <summary>The version of this build, such as <c>0.1.0</c>.</summary>
internal static class ServiceVersion
{
    public static string Current { get; } =
        typeof(ServiceVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
