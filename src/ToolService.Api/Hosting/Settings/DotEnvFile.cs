using DotNetEnv;
using Microsoft.Extensions.Configuration.Memory;
using Sprache;

namespace ToolService.Api.Hosting.Settings;

/// <summary>Reads a <c>.env</c> file as a source of configuration; the process's environment stays as it is.</summary>
internal static class DotEnvFile
{
    public const string Name = ".env";

    /// <summary>What the file sets; nothing where there is no file.</summary>
    /// <exception cref="SettingsException">The file cannot be read or parsed.</exception>
    public static MemoryConfigurationSource Read(string path)
    {
        try
        {
            return new MemoryConfigurationSource { InitialData = File.Exists(path) ? Parse(File.ReadAllText(path)) : [] };
        }
        catch (ParseException e)
        {
            // Only the position: the parser's own message quotes the file, which holds secrets.
            throw new SettingsException($"{path}: line {e.Position.Line}, column {e.Position.Column} is not NAME=value, a comment or empty; quote values with spaces or '#'.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private static Dictionary<string, string?> Parse(string text)
    {
        Dictionary<string, string?> settings = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in Env.LoadContents(text, new LoadOptions(setEnvVars: false)))
            settings[WithoutPrefix(name).Replace("__", ":", StringComparison.Ordinal)] = value;

        return settings;
    }

    // ASPNETCORE_URLS in the file means what it means in the environment.
    private static string WithoutPrefix(string name) =>
        name.StartsWith(ServiceConfiguration.HostPrefix, StringComparison.OrdinalIgnoreCase) ? name[ServiceConfiguration.HostPrefix.Length..] : name;
}
