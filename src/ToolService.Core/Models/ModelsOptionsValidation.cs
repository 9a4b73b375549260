using System.Globalization;
using Microsoft.Extensions.Options;
using ToolService.Core.Models.Resilience;
using ToolService.Core.Models.TextCalls;

namespace ToolService.Core.Models;

/// <summary>Checks <see cref="ModelsOptions"/>; each message names the setting.</summary>
public sealed class ModelsOptionsValidation : IValidateOptions<ModelsOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ModelsOptions options)
    {
        var failures = options.Endpoints
            .SelectMany(endpoint => Check($"Models:Endpoints:{endpoint.Key}", endpoint.Key, endpoint.Value))
            .ToList();
        var names = options.Endpoints.Keys.Append(ModelsOptions.Demo).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        failures.AddRange(
            from endpoint in options.Endpoints
            from fallback in endpoint.Value.Fallbacks
            where fallback == endpoint.Key || !names.Contains(fallback)
            select $"Models:Endpoints:{endpoint.Key}:Fallbacks '{fallback}' is none of: {string.Join(", ", names.Where(other => other != endpoint.Key))}.");
        failures.AddRange(
            from endpoint in options.Endpoints
            where endpoint.Value.Fallbacks.Distinct(StringComparer.Ordinal).Count() < endpoint.Value.Fallbacks.Count
            select $"Models:Endpoints:{endpoint.Key}:Fallbacks names a model twice.");
        if (!names.Contains(options.Default))
            failures.Add($"Models:Default '{options.Default}' is none of: {string.Join(", ", names)}.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Check(string setting, string name, ModelEndpointOptions endpoint)
    {
        if (!Enum.IsDefined(endpoint.Api))
            yield return $"{setting}:Api '{endpoint.Api}' is none of: {string.Join(", ", Enum.GetNames<ModelApi>())}.";
        if (name == ModelsOptions.Demo && endpoint.Api is not ModelApi.Demo)
            yield return $"{setting}: '{ModelsOptions.Demo}' is the built-in demo model; choose another name.";
        if (endpoint.Api is not ModelApi.Demo && string.IsNullOrWhiteSpace(endpoint.Model))
            yield return $"{setting}:Model is required.";
        if (endpoint.BaseUrl is { } url && !(url.IsAbsoluteUri && url.Scheme is "http" or "https"))
            yield return $"{setting}:BaseUrl must be an absolute http or https address, such as http://localhost:1234/v1.";
        if (endpoint is { ApiKeyEnv: { Length: > 0 } variable, ApiKey: null })
            yield return $"{setting}:ApiKeyEnv names the environment variable '{variable}', which is not set.";
        if (endpoint.ApiKey is { } key && (key.Length == 0 || !key.All(c => c is > ' ' and < '\x7f')))
            yield return $"{setting}:ApiKey must be printable ASCII without spaces, or not set.";
        if (endpoint.Timeout <= TimeSpan.Zero || endpoint.Timeout > TimeSpan.FromDays(1))
            yield return $"{setting}:Timeout must be more than zero and at most one day.";
        if (endpoint.ContextTokens is < 256 or > 100_000_000)
            yield return $"{setting}:ContextTokens must be from 256 to 100000000.";
        if (endpoint is { InputPrice: < 0 } or { CachedInputPrice: < 0 } or { OutputPrice: < 0 })
            yield return $"{setting}: InputPrice, CachedInputPrice and OutputPrice must not be negative.";
        if (endpoint.InputPrice is null && (endpoint.CachedInputPrice ?? endpoint.OutputPrice) is not null)
            yield return $"{setting}:InputPrice is required where another price is set.";
        if (!Enum.IsDefined(endpoint.ToolCalling))
            yield return $"{setting}:ToolCalling '{endpoint.ToolCalling}' is none of: {string.Join(", ", Enum.GetNames<ToolCalling>())}.";
        if (!Enum.IsDefined(endpoint.TextReasoning))
            yield return
                $"{setting}:TextReasoning '{endpoint.TextReasoning}' is none of: {string.Join(", ", Enum.GetNames<TextReasoning>())}.";
        if (!TextCallFormats.Names.Contains(endpoint.TextCallFormat, StringComparer.OrdinalIgnoreCase))
            yield return $"{setting}:TextCallFormat '{endpoint.TextCallFormat}' is none of: {string.Join(", ", TextCallFormats.Names)}.";
        if (endpoint.MaxRetries is < 0 or > 20)
            yield return $"{setting}:MaxRetries must be from 0 to 20.";
        if (endpoint.MaxOutputTokens is < 1 or > 10_000_000)
            yield return $"{setting}:MaxOutputTokens must be from 1 to 10,000,000.";
        if (endpoint.ApiVersion is { } version
            && !DateOnly.TryParseExact(version, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            yield return $"{setting}:ApiVersion must be a date, such as 2023-06-01.";
        if (!Enum.IsDefined(endpoint.Sampling))
            yield return $"{setting}:Sampling '{endpoint.Sampling}' is none of: {string.Join(", ", Enum.GetNames<ModelSampling>())}.";
        foreach (var failure in ResilienceValidation.Check(setting, endpoint))
            yield return failure;
    }
}
