using ToolService.Api.Hosting;
using ToolService.Api.Hosting.Commands;
using ToolService.Api.Hosting.Documentation;

namespace ToolService.Api;

/// <summary>The service's entry point: a command such as <c>keys new</c>, or else the server.</summary>
public static class Program
{
    /// <summary>Runs to its end; 0 is a clean one.</summary>
    public static Task<int> Main(string[] args) => CommandLine.Find(args) is { } command ? command() : ServiceHost.RunAsync(() => Create(args));

    /// <summary>Puts the application together without starting it.</summary>
    /// <param name="args">The command line: settings as <c>--Section:Name value</c>.</param>
    /// <param name="customize">Changes to configuration and services, after the service's own.</param>
    internal static WebApplication Create(string[] args, Action<WebApplicationBuilder>? customize = null)
    {
        var builder = ServiceHost.CreateBuilder(args);
        builder.AddToolService();
        customize?.Invoke(builder);

        var app = builder.Build();
        app.UseHosting();
        app.MapEndpoints();
        app.MapDocumentation();
        return app;
    }
}
