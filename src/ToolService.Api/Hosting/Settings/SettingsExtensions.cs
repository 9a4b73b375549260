using Microsoft.Extensions.Options;
using ToolService.Core;

namespace ToolService.Api.Hosting.Settings;

/// <summary>Registers typed options.</summary>
public static class SettingsExtensions
{
    /// <summary>
    /// Binds a section to its options, refuses settings that the options do not have, and checks their attributes before the service starts.
    /// Every failure names the setting in full.
    /// </summary>
    public static IServiceCollection AddSettings<TOptions>(this IServiceCollection services, string section)
        where TOptions : class
    {
        services.AddOptions<TOptions>().Configure<IConfiguration>((options, configuration) => configuration.GetSection(section).BindStrictly(section, options)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TOptions>>(new AttributeValidation<TOptions>(section));
        return services;
    }
}
