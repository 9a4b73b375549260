using Microsoft.Extensions.Options;
using ToolService.Api.Hosting.Security;

namespace ToolService.Api.Mcp;

internal static class McpEndpoint
{
    /// <summary>Where it is.</summary>
    public const string Path = "/mcp";

    /// <summary>Maps the endpoint: POST only, since there are no streams that outlive a request and no sessions to delete.</summary>
    public static void MapMcp(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<McpEndpointOptions>>().Value.Enabled)
            app.MapPost(Path, (HttpContext context, PostHandler posts) => posts.HandleAsync(context))
                .RequireScope(Scopes.Tools)
                .ExcludeFromDescription();
    }
}
