using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ToolService.Core.Tools.Secrets;

/// <summary>Reads the section <c>Secrets</c>, and the files that it names.</summary>
internal sealed class SecretSettingsSetup(IConfiguration configuration) : IConfigureOptions<SecretSettings>
{
    public void Configure(SecretSettings options)
    {
        foreach (var child in configuration.GetSection(SecretSettings.Section).GetChildren())
        {
            var secret = new SecretSetting();
            child.BindStrictly(child.Path, secret);
            secret.Value ??= child.Value;
            options.Entries[child.Key] = secret;
        }
    }
}
