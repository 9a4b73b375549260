using Microsoft.Extensions.Options;

namespace ToolService.Api.Hosting.Security;

/// <summary>Refuses keys that could never match or would be confused with one another, and addresses that need keys where there are none.</summary>
internal sealed class SecurityValidation(IConfiguration configuration) : IValidateOptions<SecurityOptions>
{
    private const int HashLength = 64;

    public ValidateOptionsResult Validate(string? name, SecurityOptions options)
    {
        List<string> failures = [.. options.ApiKeys.SelectMany(Failures), .. Duplicates(options.ApiKeys)];
        if (options.ApiKeys.Count == 0)
            failures.AddRange(ListenAddresses.Of(configuration).Where(address => !ListenAddresses.IsLoopback(address)).Select(NeedsKeys));

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(ApiKeyOptions key, int index)
    {
        if (!ApiKeyName.IsValid(key.Name))
            yield return $"{Path(index)}:Name: must be {ApiKeyName.Rule}.";
        if (key.Hash.Length != HashLength || !key.Hash.All(char.IsAsciiHexDigit))
            yield return $"{Path(index)}:Hash: must be the key's SHA-256 as {HashLength} hexadecimal digits; 'keys new NAME' prints a key and its hash.";
        foreach (var scope in key.Scopes.Where(scope => !Scopes.All.Contains(scope)))
            yield return $"{Path(index)}:Scopes: '{scope}' is not one of {string.Join(", ", Scopes.All.Order(StringComparer.Ordinal))}.";
    }

    private static IEnumerable<string> Duplicates(IList<ApiKeyOptions> keys) =>
        keys.Index()
            .GroupBy(key => key.Item.Name, StringComparer.OrdinalIgnoreCase)
            .SelectMany(same => same.Skip(1))
            .Select(key => $"{Path(key.Index)}:Name: '{key.Item.Name}' is the name of another key.")
            .Concat(keys.Index()
                .GroupBy(key => key.Item.Hash, StringComparer.OrdinalIgnoreCase)
                .SelectMany(same => same.Skip(1))
                .Select(key => $"{Path(key.Index)}:Hash: another key has the same one."));

    private static string NeedsKeys(string address) =>
        $"Urls: {address} can be reached from other machines, and there is no API key. "
        + $"Listen on this machine only (--urls {Settings.ServiceConfiguration.DefaultUrl}), or configure a key: 'keys new NAME' prints one and the settings to add.";

    private static string Path(int index) => $"{SecurityOptions.Section}:{nameof(SecurityOptions.ApiKeys)}:{index}";
}
