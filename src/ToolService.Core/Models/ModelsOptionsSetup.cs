using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ToolService.Core.Models;

/// <summary>
/// Reads the section <c>Models</c>, then <c>OPENAI_API_KEY</c>, <c>OPENAI_BASE_URL</c> and <c>MODEL_NAME</c>. Either of the first two defines the
/// endpoint <c>openai</c> and makes it the default one. What <c>Models</c> itself says about that endpoint or the default stands.
/// </summary>
/// <param name="configuration">The whole configuration.</param>
public sealed class ModelsOptionsSetup(IConfiguration configuration) : IConfigureOptions<ModelsOptions>
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Models";

    /// <summary>The name of the endpoint that the variables define.</summary>
    public const string Endpoint = "openai";

    /// <summary>The model that is used where <c>MODEL_NAME</c> names none.</summary>
    public const string DefaultModel = "gpt-5-mini";

    /// <inheritdoc/>
    public void Configure(ModelsOptions options)
    {
        configuration.GetSection(Section).BindStrictly(Section, options);
        foreach (var keyed in options.Endpoints.Values)
            keyed.ApiKey ??= string.IsNullOrWhiteSpace(keyed.ApiKeyEnv) ? null : Value(keyed.ApiKeyEnv);
        var key = Value("OPENAI_API_KEY");
        var baseUrl = Value("OPENAI_BASE_URL");
        if (key is null && baseUrl is null)
            return;

        if (!options.Endpoints.TryGetValue(Endpoint, out var endpoint))
            options.Endpoints[Endpoint] = endpoint = new ModelEndpointOptions();
        endpoint.ApiKey ??= key;
        // A relative address stays as it was written, for the validation to name.
        endpoint.BaseUrl ??= baseUrl is null ? null : new Uri(baseUrl, UriKind.RelativeOrAbsolute);
        endpoint.Model ??= Value("MODEL_NAME") ?? DefaultModel;
        if (string.IsNullOrWhiteSpace(configuration[$"{Section}:{nameof(ModelsOptions.Default)}"]))
            options.Default = Endpoint;
    }

    private string? Value(string name) => configuration[name]?.Trim() is { Length: > 0 } value ? value : null;
}
