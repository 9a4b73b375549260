using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ToolService.Core.Tools.Secrets;

/// <summary>Registers the secrets.</summary>
internal static class SecretServices
{
    public static IServiceCollection AddSecrets(this IServiceCollection services)
    {
        services.AddOptions<SecretSettings>().ValidateOnStart();
        services.ConfigureOptions<SecretSettingsSetup>();
        services.AddSingleton<IValidateOptions<SecretSettings>, SecretSettingsValidation>();
        services.AddSingleton<SecretStore>();
        return services;
    }
}
