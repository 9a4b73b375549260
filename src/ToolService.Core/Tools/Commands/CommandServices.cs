using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ToolService.Core.Tools.Sandbox;
using ToolService.Core.Tools.Sandbox.Files;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tools.Commands;

/// <summary>Registers the sandbox, the workspaces, and the sources of the tools that use them.</summary>
internal static class CommandServices
{
    public static IServiceCollection AddCommands(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<CommandOptions>, CommandOptionsValidation>();
        services.AddSingleton<IValidateOptions<SandboxOptions>, SandboxOptionsValidation>();
        services.AddSingleton<Workspaces>();
        services.AddSingleton<CommandSandbox>();
        services.AddSingleton<CommandRunner>();
        services.AddSingleton<ICommandSecrets, CommandSecrets>();
        services.AddSingleton<CommandToolSource>();
        services.AddSingleton<WorkspaceToolSource>();
        services.AddSingleton<IInitialSources, CommandSources>();
        return services;
    }
}
