using System.ComponentModel.DataAnnotations;

namespace ToolService.Core.Models;

/// <summary>One configured model: <c>Models:Endpoints:{name}</c>.</summary>
public sealed class ModelEndpointOptions
{
    /// <summary>The wire format. Default <see cref="ModelApi.OpenAIChat"/>.</summary>
    public ModelApi Api { get; set; } = ModelApi.OpenAIChat;

    /// <summary>
    /// The API's base address, up to and with its version; for Anthropic also without. Default <c>https://api.openai.com/v1</c>, or
    /// <c>https://api.anthropic.com</c>.
    /// </summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>The key, sent as a bearer token, to Anthropic also as <c>x-api-key</c>; servers that need none take any.</summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// The environment variable that holds the key, such as <c>GROQ_API_KEY</c>; <c>.env</c> and the command line count as well. Default none.
    /// It must be there, unless <see cref="ApiKey"/> is set.
    /// </summary>
    public string? ApiKeyEnv { get; set; }

    /// <summary>
    /// Whether what the model thought before it called tools is sent back with its calls, as <c>reasoning_content</c>. Default null: at
    /// DeepSeek and Moonshot, which demand it; other servers refuse or ignore it. Of no use to other APIs than <see cref="ModelApi.OpenAIChat"/>.
    /// </summary>
    public bool? ReturnReasoning { get; set; }

    /// <summary>The model's name at the provider, such as <c>gpt-5-mini</c> or <c>qwen3</c>. Required except for the demo model.</summary>
    public string? Model { get; set; }

    /// <summary>How long one request may take, the whole stream included. Default 5 minutes.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the provider may send nothing once its answer has begun, before it counts as broken off. Default 2 minutes.</summary>
    public TimeSpan StreamIdleTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How many times 408, 409, 429, 5xx, connection failures and answers that broke off are retried. Default 3.</summary>
    [Range(0, 20)]
    public int MaxRetries { get; set; } = 3;

    /// <summary>
    /// How many tokens the model can read and write in one request: its context window. Default null: not known, and learnt from the first
    /// request that is refused as too long.
    /// </summary>
    [Range(256, 100_000_000)]
    public int? ContextTokens { get; set; }

    /// <summary>How many requests may be at work at the same time. Default null: not limited.</summary>
    [Range(1, 100_000)]
    public int? MaxParallelRequests { get; set; }

    /// <summary>How many requests may begin within any minute. Default null: not limited.</summary>
    [Range(1, int.MaxValue)]
    public int? RequestsPerMinute { get; set; }

    /// <summary>
    /// How many tokens, read and written together, may be used within any minute. They are estimated before a request and put right by what the
    /// provider reports. Default null: not limited.
    /// </summary>
    [Range(1, int.MaxValue)]
    public int? TokensPerMinute { get; set; }

    /// <summary>How many requests may wait for these limits; further ones fail at once. Default 100.</summary>
    [Range(0, 1_000_000)]
    public int MaxQueuedRequests { get; set; } = 100;

    /// <summary>
    /// How long a request may wait for these limits before it fails; where it is known to take longer, it fails at once. Default 30 seconds.
    /// </summary>
    public TimeSpan MaxQueueTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>After how many failures in a row the model is not asked for a while; 0 for never. Default 5.</summary>
    [Range(0, 1000)]
    public int BreakerFailures { get; set; } = 5;

    /// <summary>How long it is not asked then, before one request tries it again. Default 30 seconds.</summary>
    public TimeSpan BreakerPause { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How the model is told of tools and calls them. Default <see cref="ToolCalling.Native"/>.</summary>
    public ToolCalling ToolCalling { get; set; }

    /// <summary>The format of calls in the model's text, by name. Default <c>Auto</c>: any; a prompted model is asked for Hermes'.</summary>
    public string TextCallFormat { get; set; } = "Auto";

    /// <summary>Whether calls to offered tools count that a model with native calling wrote into its text instead. Default true.</summary>
    public bool TextCallFallback { get; set; } = true;

    /// <summary>What becomes of thoughts in the model's text. Default <see cref="TextReasoning.Tagged"/>: they are not shown.</summary>
    public TextReasoning TextReasoning { get; set; } = TextReasoning.Tagged;

    /// <summary>Whether the model reads pictures; where it does not, messages with some are refused. Default true.</summary>
    public bool Images { get; set; } = true;

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

    /// <summary>
    /// The most tokens of one answer, thoughts included, where a request does not say. Default none: the provider's own, and 16,384 for
    /// <see cref="ModelApi.Anthropic"/>, which demands a number. Models refuse one above their own limit.
    /// </summary>
    [Range(1, 10_000_000)]
    public int? MaxOutputTokens { get; set; }

    /// <summary>The version of Anthropic's API that is spoken, as its date. Default <c>2023-06-01</c>. Of no use to other APIs.</summary>
    public string? ApiVersion { get; set; }

    /// <summary>
    /// Which sampling parameters an Anthropic model takes. Default <see cref="ModelSampling.ByModel"/>. Of no use to other APIs.
    /// </summary>
    public ModelSampling Sampling { get; set; } = ModelSampling.ByModel;

    /// <summary>
    /// Whether Anthropic is asked to keep the system prompt and the tools in its cache. Default false: what is written to the cache costs a
    /// quarter more, what is read from it a tenth. Of no use to other APIs.
    /// </summary>
    public bool PromptCaching { get; set; }
}
