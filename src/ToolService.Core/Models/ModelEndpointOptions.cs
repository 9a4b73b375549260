using System.ComponentModel.DataAnnotations;

namespace ToolService.Core.Models;

/// <summary>One configured model: <c>Models:Endpoints:{name}</c>.</summary>
public sealed class ModelEndpointOptions
{
    /// <summary>The wire format. Default <see cref="ModelApi.OpenAIChat"/>.</summary>
    public ModelApi Api { get; set; } = ModelApi.OpenAIChat;

    /// <summary>The API's base address, up to and with its version. Default <c>https://api.openai.com/v1</c>.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>The key sent as a bearer token; servers that need none take any.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The model's name at the provider, such as <c>gpt-5-mini</c> or <c>qwen3</c>. Required except for the demo model.</summary>
    public string? Model { get; set; }

    /// <summary>How long one request may take, the whole stream included. Default 5 minutes.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How many times 408, 409, 429, 5xx and connection failures are retried before the first token. Default 3.</summary>
    [Range(0, 20)]
    public int MaxRetries { get; set; } = 3;

    /// <summary>
    /// Whether a request's <c>response_schema</c> is sent to the provider, which then holds the model to it. Default false: the model is told of
    /// it, and its answer checked, as is done in any case.
    /// </summary>
    public bool StructuredOutput { get; set; }

    /// <summary>What a million tokens read cost, in a currency of your choice. Default null: costs are not counted.</summary>
    [Range(0, 1_000_000)]
    public double? InputPrice { get; set; }

    /// <summary>The same for tokens that the provider had in its cache. Default null: as <see cref="InputPrice"/>.</summary>
    [Range(0, 1_000_000)]
    public double? CachedInputPrice { get; set; }

    /// <summary>What a million tokens written cost. Default null: nothing, where <see cref="InputPrice"/> is set.</summary>
    [Range(0, 1_000_000)]
    public double? OutputPrice { get; set; }

    /// <summary>The names of the models that answer in its place when it fails, in their order. Default none.</summary>
    public IList<string> Fallbacks { get; } = [];
}
