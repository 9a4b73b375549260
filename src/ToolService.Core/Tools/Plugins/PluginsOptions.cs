namespace ToolService.Core.Tools.Plugins;

/// <summary>Assemblies with tools: <c>Plugins</c>.</summary>
public sealed class PluginsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Plugins";

    /// <summary>What <see cref="Folder"/> is unless it is set.</summary>
    public const string DefaultFolder = "plugins";

    /// <summary>
    /// Where the assemblies lie, each as <c>{name}.dll</c> or with what it needs as <c>{name}/{name}.dll</c>; relative to where the service
    /// was started. A folder that is set must be there. Default <c>plugins</c>.
    /// </summary>
    public string Folder { get; set; } = DefaultFolder;

    /// <summary>Settings for plugins, by the plugin's name; its classes get theirs as an <c>IConfiguration</c>. Default none.</summary>
    public Dictionary<string, Dictionary<string, string>> Settings { get; } = new(StringComparer.OrdinalIgnoreCase);
}
