using System.Net;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using ToolService.Core.Models.Anthropic;
using ToolService.Core.Models.Demo;
using ToolService.Core.Models.OpenAIChat;
using ToolService.Core.Models.OpenAIResponses;
using ToolService.Core.Models.Resilience;
using ToolService.Core.Models.TextCalls;

namespace ToolService.Core.Models;

/// <summary>Makes the models that the options describe.</summary>
public static class ModelRegistryFactory
{
    /// <summary>Makes a registry of every configured model and the demo model. Nothing is connected yet.</summary>
    /// <param name="options">Validated options.</param>
    /// <param name="time">Measures timeouts and the waits between attempts.</param>
    /// <param name="loggers">Where retries are logged.</param>
    public static ModelRegistry Create(ModelsOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        var logger = loggers.CreateLogger(typeof(ModelRegistryFactory).Namespace!);
        var models = options.Endpoints.Select(endpoint => Create(endpoint.Key, endpoint.Value, time, logger)).ToList();
        if (!options.Endpoints.ContainsKey(ModelsOptions.Demo))
            models.Add(Demo(ModelsOptions.Demo));
        return new ModelRegistry(models, options.Default);
    }

    private static Model Create(string name, ModelEndpointOptions options, TimeProvider time, ILogger logger)
    {
        if (options.Api is ModelApi.Demo)
            return Demo(name);

        var retries = new RetryPolicy(options.MaxRetries);
        var client = ResilientClients.Around(WithTextCalls(Adapter(name, options, time), options), name, options, retries, time, logger);
        return new Model(name, options.Model!, new OutputLimitChatClient(client, options.MaxOutputTokens))
        {
            ReadsImages = options.Images,
            StructuredOutput = options.StructuredOutput,
            ContextTokens = options.ContextTokens,
            MaxOutputTokens = options.MaxOutputTokens ?? (options.Api is ModelApi.Anthropic ? MessagesRequest.DefaultMaxOutputTokens : null),
            Fallbacks = [.. options.Fallbacks],
            Retries = retries,
            Prices = options.InputPrice is { } input
                ? new ModelPrices(input, options.CachedInputPrice ?? input, options.OutputPrice ?? 0)
                : null,
        };
    }

    private static IChatClient Adapter(string name, ModelEndpointOptions options, TimeProvider time) => options.Api switch
    {
        ModelApi.OpenAIChat => new OpenAIChatClient(name, options, Connections(), time),
        ModelApi.OpenAIResponses => new OpenAIResponsesClient(name, options, Connections(), time),
        ModelApi.Anthropic => new MessagesClient(name, options, Connections(), time),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Api, "This kind of model is not known."),
    };

    private static IChatClient WithTextCalls(IChatClient client, ModelEndpointOptions options)
    {
        var settings = TextCallSettings.Of(options);
        return settings.IsActive ? new TextCallClient(client, settings) : client;
    }

    private static Model Demo(string name) => new(name, DemoChatClient.ModelId, new DemoChatClient()) { FollowsInstructions = false };

    // A redirect would carry the key to an address that nobody configured.
    internal static SocketsHttpHandler Connections() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        // Trace ids are this service's own business, and the handler that would send them is slow.
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AutomaticDecompression = DecompressionMethods.None,
    };
}
