using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ToolService.McpFixtures;

/// <summary>What the service does not have itself, added as anybody would add it.</summary>
internal sealed class FixtureServer : IConfigureOptions<McpServerOptions>
{
    private static readonly McpServerPrimitiveCollection<McpServerPrompt> Prompts = [.. FixturePrompts.All];
    private static readonly McpServerResourceCollection Resources = [.. FixtureResources.All];

    private static readonly AsyncLocal<RequestContext<CallToolRequestParams>?> AtHand = new();

    /// <summary>The request whose call runs.</summary>
    public static RequestContext<CallToolRequestParams> Request => AtHand.Value ?? throw new McpException("Only clients of this protocol can call this tool.");

    /// <summary>Makes the list of prompts another one.</summary>
    public static void ChangePrompts()
    {
        var added = FixturePrompts.Added;
        if (!Prompts.TryAdd(added))
            Prompts.Remove(added);
    }

    public void Configure(McpServerOptions options)
    {
        options.PromptCollection = Prompts;
        options.ResourceCollection = Resources;
        (options.Capabilities ??= new ServerCapabilities()).Resources = new ResourcesCapability { Subscribe = true };
        options.Handlers.CompleteHandler = (_, _) => ValueTask.FromResult(new CompleteResult
        {
            Completion = new Completion { Values = ["paris", "park", "party"], HasMore = false, Total = 3 },
        });
        options.Handlers.ReadResourceHandler = (request, _) =>
        {
            McpProtocolException missing = new("There is no such resource.", McpErrorCode.InvalidParams);
            missing.Data["uri"] = request.Params?.Uri;
            throw missing;
        };
        options.Filters.Request.CallToolFilters.Add(next => (request, cancellationToken) =>
        {
            AtHand.Value = request;
            return InputRequiredTools.All.TryGetValue(request.Params?.Name ?? "", out var tool)
                ? ValueTask.FromResult(tool(request))
                : next(request, cancellationToken);
        });
    }
}
