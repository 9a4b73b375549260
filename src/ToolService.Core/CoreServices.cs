using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ToolService.Core.Conversations;
using ToolService.Core.Conversations.Attachments;
using ToolService.Core.Conversations.Callbacks;
using ToolService.Core.Conversations.Context;
using ToolService.Core.Conversations.Convergence;
using ToolService.Core.Conversations.Rounds;
using ToolService.Core.Conversations.Selection;
using ToolService.Core.Execution;
using ToolService.Core.Models;
using ToolService.Core.Scheduling;
using ToolService.Core.Storage;
using ToolService.Core.Tools;
using ToolService.Core.Tools.BuiltIn;
using ToolService.Core.Tools.BuiltIn.Mail;
using ToolService.Core.Tools.BuiltIn.Search;
using ToolService.Core.Tools.Commands;
using ToolService.Core.Tools.Http;
using ToolService.Core.Tools.Http.Registration;
using ToolService.Core.Tools.Mcp;
using ToolService.Core.Tools.OpenApi.Imports;
using ToolService.Core.Tools.Plugins;
using ToolService.Core.Tools.Secrets;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core;

/// <summary>Puts the service's parts together. The host registers the options' sections.</summary>
public static class CoreServices
{
    /// <summary>Registers tools, execution, models, conversations, storage and what runs in the background.</summary>
    public static IServiceCollection AddToolService(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddStorage(configuration);
        services.AddSingleton<IValidateOptions<ToolsOptions>, ToolsOptionsValidator>();
        services.AddSingleton<IValidateOptions<ExecutionOptions>, ExecutionOptionsValidation>();
        services.AddSingleton<IValidateOptions<ConversationOptions>, ConversationOptionsValidation>();
        services.AddSingleton<IValidateOptions<ConversationOptions>, ContextOptionsValidation>();
        services.AddSingleton<IValidateOptions<ConversationOptions>, ConvergenceOptionsValidation>();
        services.AddSingleton<IValidateOptions<ModelsOptions>, ModelsOptionsValidation>();
        services.AddSingleton<IValidateOptions<HttpOptions>, HttpOptionsValidation>();
        services.AddSingleton<IValidateOptions<BuiltInToolsOptions>, BuiltInToolsOptionsValidation>();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsValidation>();
        services.AddSingleton<IValidateOptions<SearchOptions>, SearchOptionsValidation>();
        services.AddSingleton<GuardedHttp>();
        services.AddSecrets();
        services.AddHttpTools();
        services.AddOpenApiImports();
        services.AddSingleton(Registry);
        services.AddSingleton<ToolSources>();
        services.AddPlugins();
        services.AddMcpServers();
        services.AddSingleton<ToolFinder>();
        services.AddCommands();
        services.AddSingleton<ToolAccess>();
        services.AddSingleton<EmergencyStop>();
        services.AddSingleton<Elicitations>();
        services.AddSingleton<SafeExecutor>();
        services.AddSingleton<ConfirmationService>();
        services.AddSingleton(provider => ModelRegistryFactory.Create(
            provider.GetRequiredService<IOptions<ModelsOptions>>().Value, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(provider => ToolSelectorFactory.Create(
            provider.GetRequiredService<IOptions<ConversationOptions>>().Value.ToolSelection,
            provider.GetRequiredService<ModelRegistry>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(RoundToolsOf);
        TurnConvergence.Add(services, hasFinalAnswer: bool.TryParse(configuration["Chat:Convergence:FinalAnswerTool"], out var isOn) && isOn);
        services.AddSingleton<RoundComposer>();
        services.AddSingleton<RoundFailover>();
        services.AddSingleton<ContextLimits>();
        services.AddSingleton<ContextSummary>();
        services.AddSingleton<ContextWindow>();
        services.AddSingleton<ITurnTool, ReadToolResult>();
        services.AddSingleton<RoundModel>();
        services.AddSingleton<RoundCalls>();
        services.AddSingleton<TurnWriter>();
        services.AddSingleton<TurnLoop>();
        services.AddSingleton<TurnReader>();
        services.AddSingleton<TurnOpenings>();
        services.AddSingleton<TurnRunner>();
        // In this order: turns that were interrupted go on with any source's tools, and whether the service is stopped decides what becomes of them.
        services.AddHostedService<SourceStart>();
        services.AddHostedService(provider => provider.GetRequiredService<EmergencyStop>());
        services.AddHostedService(provider => provider.GetRequiredService<TurnRunner>());
        services.AddSingleton<SessionService>();
        services.AddSingleton(Turns);
        services.AddSingleton(provider => new TurnFeeds(
            provider.GetRequiredService<ITurnEventStore>(), provider.GetRequiredService<IConversationStore>()));
        services.AddSingleton<AttachmentReader>();
        services.AddSingleton<CallbackUrls>();
        services.AddSingleton<CallbackSender>();
        services.AddScheduling(provider => provider.GetRequiredService<IOptions<StorageOptions>>().Value.HistoryRetention);
        return services;
    }

    /// <summary>
    /// Takes away what works beside requests (recovery, retention, callbacks, turns) and leaves the store and its state: for a process that runs
    /// calls beside the service itself, on the same data.
    /// </summary>
    public static IServiceCollection RemoveBackgroundWork(this IServiceCollection services)
    {
        services.RemoveAll<IHostedService>();
        services.AddHostedService(provider => provider.GetRequiredService<StorageInitializer>());
        services.AddHostedService<SourceStart>();
        services.AddHostedService(provider => provider.GetRequiredService<EmergencyStop>());
        return services;
    }

    private static RoundTools RoundToolsOf(IServiceProvider provider)
    {
        var (registry, access) = (provider.GetRequiredService<ToolRegistry>(), provider.GetRequiredService<ToolAccess>());
        var selector = provider.GetRequiredService<ToolSelector>();
        IEnumerable<ITurnTool> searches = selector.Search is { } search
            ? [new SearchTool(search, registry, access, provider.GetRequiredService<IConversationStore>())]
            : [];
        return new RoundTools(registry, provider.GetRequiredService<ToolSources>(), access, selector, provider.GetServices<ITurnTool>().Concat(searches));
    }

    private static ToolRegistry Registry(IServiceProvider provider)
    {
        var registry = new ToolRegistry(
            provider.GetRequiredService<IOptions<ToolsOptions>>(), provider.GetRequiredService<ILogger<ToolRegistry>>());
        var http = provider.GetRequiredService<GuardedHttp>();
        var time = provider.GetRequiredService<TimeProvider>();
        IEnumerable<object> builtIn =
        [
            .. BuiltInTools.Instances(http, time, provider.GetRequiredService<IOptions<BuiltInToolsOptions>>().Value),
            .. WebSearchTools.Instances(http, provider.GetRequiredService<IOptions<SearchOptions>>().Value),
            .. MailTools.Instances(provider.GetRequiredService<IOptions<MailOptions>>().Value, time),
        ];
        registry.Replace(BuiltInTools.Source, builtIn.SelectMany(tools => ToolFactory.FromObject(tools, BuiltInTools.Source)));
        return registry;
    }

    private static TurnService Turns(IServiceProvider provider) => new(
        provider.GetRequiredService<IConversationStore>(),
        provider.GetRequiredService<TurnReader>(),
        provider.GetRequiredService<TurnOpenings>(),
        provider.GetRequiredService<TurnRunner>(),
        provider.GetRequiredService<IBackgroundTurns>(),
        provider.GetRequiredService<ModelRegistry>(),
        provider.GetRequiredService<IOptions<ConversationOptions>>(),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<TurnService>>());
}
