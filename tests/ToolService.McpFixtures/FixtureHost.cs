using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;
using ToolService.Api;
using ToolService.Api.Hosting;
using ToolService.Core.Tools;

namespace ToolService.McpFixtures;

/// <summary>The service itself, its endpoint, executor and policies, with the tools, prompts and resources that the conformance suite names.</summary>
internal static class FixtureHost
{
    public static Task<int> Main(string[] args) => ServiceHost.RunAsync(() =>
    {
        var app = Program.Create(args, builder => builder.Services.AddSingleton<IConfigureOptions<McpServerOptions>, FixtureServer>());
        var registry = app.Services.GetRequiredService<ToolRegistry>();
        registry.Replace("fixtures", FixtureTools.Create(registry));
        return app;
    });
}
