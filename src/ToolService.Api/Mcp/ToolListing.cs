using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using ToolService.Core.Execution;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Sources;
using McpTool = ModelContextProtocol.Protocol.Tool;
using Tool = ToolService.Core.Tools.Tool;

namespace ToolService.Api.Mcp;

/// <summary><c>tools/list</c>: the tools that may be used, by name, a page at a time.</summary>
internal sealed class ToolListing(ToolRegistry registry, ToolSources sources, ToolAccess access, IOptions<McpEndpointOptions> options)
{
    private readonly ConditionalWeakTable<Tool, McpTool> _described = [];

    public async ValueTask<ListToolsResult> ListAsync(RequestContext<ListToolsRequestParams> request, CancellationToken cancellationToken)
    {
        var after = request.Params?.Cursor is { } cursor ? ReadCursor(cursor) : null;
        await sources.LoadAsync(cancellationToken);
        var found = access.Filter(registry.Current)
            .Where(tool => after is null || string.CompareOrdinal(tool.Name, after) > 0)
            .Take(options.Value.PageSize + 1)
            .ToList();
        var page = found.Take(options.Value.PageSize).ToList();
        return new ListToolsResult
        {
            Tools = [.. page.Select(tool => _described.GetValue(tool, Describe))],
            NextCursor = found.Count > page.Count ? Base64Url.EncodeToString(Encoding.UTF8.GetBytes(page[^1].Name)) : null,
        };
    }

    /// <summary>What a tool's results look like, where whoever made the tool said so.</summary>
    public static JsonElement? OutputSchemaOf(Tool tool) =>
        tool.Function.ReturnJsonSchema is { ValueKind: JsonValueKind.Object } schema
        && schema.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String && type.ValueEquals("object")
            ? schema
            : null;

    private static McpTool Describe(Tool tool) => new()
    {
        Name = tool.Name,
        Description = tool.Description,
        InputSchema = tool.InputSchema,
        OutputSchema = OutputSchemaOf(tool),
        Annotations = new ToolAnnotations
        {
            ReadOnlyHint = tool.Policy.ReadOnly,
            DestructiveHint = tool.Policy.Destructive,
            IdempotentHint = tool.Policy.Idempotent,
            OpenWorldHint = tool.Policy.OpenWorld,
        },
        Meta = tool.Policy.RequiresConfirmation ? new JsonObject { [MetaNames.RequiresConfirmation] = true } : null,
    };

    // A name rather than a number: a catalog that changes between two pages neither repeats nor skips a tool.
    private static string ReadCursor(string cursor) => Base64Url.IsValid(cursor)
        ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor))
        : throw new McpProtocolException("The cursor is not one that this server gave.", McpErrorCode.InvalidParams);
}
