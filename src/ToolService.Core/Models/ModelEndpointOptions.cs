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
}
