using Microsoft.Extensions.Configuration.Memory;

namespace ToolService.Api.Hosting.Settings;

/// <summary>Where settings come from, weakest first: appsettings.json, appsettings.{Environment}.json, .env, environment, command line.</summary>
internal static class ServiceConfiguration
{
    public const string HostPrefix = "ASPNETCORE_";

    public const string DefaultUrl = "http://localhost:5080";

    public static void Load(ConfigurationManager configuration, IHostEnvironment environment, string[] args)
    {
        configuration.Sources.Clear();
        configuration
            .SetBasePath(environment.ContentRootPath)
            .AddJsonFile("appsettings.json", optional: true, reloadOnChange: false)
            .AddJsonFile($"appsettings.{environment.EnvironmentName}.json", optional: true, reloadOnChange: false)
            .Add(DotEnvFile.Read(Path.Combine(Directory.GetCurrentDirectory(), DotEnvFile.Name)))
            .AddEnvironmentVariables(HostPrefix)
            .AddEnvironmentVariables()
            .AddCommandLine(args);

        // Only then: an address that is always set would win over ASPNETCORE_HTTP_PORTS, which container images set.
        if (configuration["Urls"] is null && configuration["HTTP_PORTS"] is null && configuration["HTTPS_PORTS"] is null)
            configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = [new("Urls", DefaultUrl)] });
    }
}
