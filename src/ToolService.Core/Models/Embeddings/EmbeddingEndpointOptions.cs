namespace ToolService.Core.Models.Embeddings;

/// <summary>An OpenAI-compatible embeddings endpoint.</summary>
public sealed class EmbeddingEndpointOptions
{
    /// <summary>
    /// The API's base address, up to and with its version; <c>/embeddings</c> follows it. Default <c>https://api.openai.com/v1</c>.
    /// </summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>The key sent as a bearer token; servers that need none take any. Never logged.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The model's name at the provider, such as <c>text-embedding-3-small</c>. Default none: there is no endpoint.</summary>
    public string? Model { get; set; }

    /// <summary>How long one request may take. Default 10 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many texts one request may hold. Default 100.</summary>
    public int BatchSize { get; set; } = 100;

    /// <summary>What cannot work, each with the setting's name.</summary>
    /// <param name="setting">Where these options stand in the configuration.</param>
    internal IEnumerable<string> Check(string setting)
    {
        if (BaseUrl is { } url && !(url.IsAbsoluteUri && url.Scheme is "http" or "https"))
            yield return $"{setting}:BaseUrl must be an absolute http or https address, such as http://localhost:1234/v1.";
        if (ApiKey is { } key && (key.Length == 0 || !key.All(c => c is > ' ' and < '\x7f')))
            yield return $"{setting}:ApiKey must be printable ASCII without spaces, or not set.";
        if (Timeout <= TimeSpan.Zero || Timeout > TimeSpan.FromMinutes(10))
            yield return $"{setting}:Timeout must be more than zero and at most ten minutes.";
        if (BatchSize is < 1 or > 2048)
            yield return $"{setting}:BatchSize must be from 1 to 2048.";
    }
}
