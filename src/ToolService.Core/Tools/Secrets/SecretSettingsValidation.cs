using Microsoft.Extensions.Options;

namespace ToolService.Core.Tools.Secrets;

/// <summary>Refuses secrets that could not be sent as they are, without ever showing one.</summary>
internal sealed class SecretSettingsValidation : IValidateOptions<SecretSettings>
{
    private const int MostCharacters = 16_384;

    public ValidateOptionsResult Validate(string? name, SecretSettings options)
    {
        List<string> failures = [.. options.Entries.SelectMany(entry => Failures(entry.Key, entry.Value))];
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(string name, SecretSetting secret)
    {
        var setting = $"{SecretSettings.Section}:{name}";
        if (!SecretReferences.IsName(name))
            yield return $"{setting}: a secret's name is 1 to 64 of letters, digits and '_'.";
        foreach (var (index, host) in secret.Hosts.Index())
            if (!SecretHost.TryParse(host, out _))
                yield return
                    $"{setting}:Hosts:{index} '{host}' is no host, such as api.example.org, *.example.org or api.example.org:8443.";
        if (ValueFailure(setting, secret) is { } failure)
            yield return failure;
    }

    private static string? ValueFailure(string setting, SecretSetting secret)
    {
        if (secret is { Value: not null, File: not null })
            return $"{setting} has a value and a file; give one of them.";
        if (!SecretFile.TryRead(secret, out var value))
            return $"{setting}:File '{secret.File}' cannot be read.";
        if (string.IsNullOrEmpty(value))
            return $"{setting} has no value: set it, {setting}:Value or {setting}:File.";
        if (value.Length > MostCharacters)
            return $"{setting} has more than {MostCharacters} characters.";
        // A line break would begin another header.
        return value.Any(char.IsControl) ? $"{setting} has a line break or control character in it, which cannot be sent." : null;
    }
}
