using ToolService.Api.Admin;
using ToolService.Api.Chat;
using ToolService.Api.Completions;
using ToolService.Api.Confirmations;
using ToolService.Api.Health;
using ToolService.Api.History;
using ToolService.Api.Hosting.Settings;
using ToolService.Api.Mcp;
using ToolService.Api.Sources;
using ToolService.Api.Tools;
using ToolService.Core;
using ToolService.Core.Conversations;
using ToolService.Core.Conversations.Callbacks;
using ToolService.Core.Execution;
using ToolService.Core.Models;
using ToolService.Core.Tools;
using ToolService.Core.Tools.BuiltIn;
using ToolService.Core.Tools.BuiltIn.Mail;
using ToolService.Core.Tools.BuiltIn.Search;
using ToolService.Core.Tools.Commands;
using ToolService.Core.Tools.Http;
using ToolService.Core.Tools.Http.Registration;
using ToolService.Core.Tools.Mcp;
using ToolService.Core.Tools.Plugins;
using ToolService.Core.Tools.Sandbox;
using ToolService.Core.Tools.Sandbox.Files;
using ToolService.Core.Tools.Sources;

namespace ToolService.Api.Hosting;

/// <summary>What this service is made of: its parts with their settings, and its endpoints.</summary>
internal static class ServiceParts
{
    public static void AddToolService(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<ToolsOptions>(ToolsOptions.Section);
        services.AddSettings<SourcesOptions>(SourcesOptions.Section);
        services.AddSettings<CommandOptions>(CommandOptions.Section);
        services.AddSettings<SandboxOptions>(SandboxOptions.Section);
        services.AddSettings<WorkspaceOptions>(WorkspaceOptions.Section);
        services.AddSettings<HttpToolsOptions>(HttpToolsOptions.Section);
        services.AddSettings<ExecutionOptions>("Execution");
        services.AddSettings<ConversationOptions>("Chat");
        services.AddSettings<HttpOptions>(HttpOptions.Section);
        services.AddSettings<McpOptions>(McpOptions.Section);
        services.AddSettings<BuiltInToolsOptions>(BuiltInToolsOptions.Section);
        services.AddSettings<MailOptions>(MailOptions.Section);
        services.AddSettings<SearchOptions>(SearchOptions.Section);
        services.AddSettings<PluginsOptions>(PluginsOptions.Section);
        services.AddOptions<ModelsOptions>().ValidateOnStart();
        services.ConfigureOptions<ModelsOptionsSetup>();
        services.AddSingleton<ITurnEventFormat, TurnEventFormat>();
        services.AddSingleton<TurnViews>();
        services.AddSingleton<ChatRequestCheck>();
        services.AddSingleton<ChatFiles>();
        services.AddSingleton<CompletionModels>();
        services.AddSingleton<CompletionTools>();
        services.AddSingleton<CompletionReader>();
        services.AddSingleton<ICallbackBody, CallbackBody>();
        services.AddMcp();
        services.AddToolService(builder.Configuration);
    }

    public static void MapEndpoints(this WebApplication app)
    {
        app.MapHealth();
        app.MapAdmin();
        app.MapTools();
        app.MapRegistration();
        app.MapCalls();
        app.MapSources();
        app.MapImports();
        app.MapMcpSources();
        app.MapHistory();
        app.MapConfirmations();
        app.MapChat();
        app.MapTurns();
        app.MapSessions();
        app.MapMessages();
        app.MapCompletions();
        app.MapModels();
        app.MapMcp();
    }
}
