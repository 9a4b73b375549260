using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tools.Mcp.Listing;

/// <summary>Asks a server for its tools, page by page, and not for ever.</summary>
internal sealed class ToolLister(string server, int maxTools)
{
    private const int MostPages = 1_000;
    private const int LongestList = 64_000_000;

    private readonly List<RemoteTool> _tools = [];
    private readonly List<SkippedTool> _skipped = [];
    private readonly HashSet<string> _cursors = new(StringComparer.Ordinal);
    private long _length;

    /// <exception cref="ToolException">What the server answers is no list, or has no end.</exception>
    public async Task<RemoteTools> ListAsync(McpClient client, CancellationToken cancellationToken)
    {
        if (client.ServerCapabilities.Tools is null)
            return new RemoteTools([], []);

        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            cursor = Read(await RequestAsync(client, cursor, cancellationToken));
            if (cursor is null)
                return new RemoteTools(_tools, _skipped);
            if (!_cursors.Add(cursor))
                throw Refuse("its list of tools leads back to where it was (a cursor is repeated).");
            if (_tools.Count > maxTools)
            {
                _skipped.Add(new SkippedTool("…", $"The server has more tools; Sources:MaxToolsPerSource is {maxTools:N0}."));
                return new RemoteTools(_tools, _skipped);
            }
        }

        throw Refuse($"its list of tools has more than {MostPages:N0} pages.");
    }

    private static async Task<JsonElement> RequestAsync(McpClient client, string? cursor, CancellationToken cancellationToken)
    {
        var parameters = new JsonObject();
        if (cursor is not null)
            parameters["cursor"] = cursor;
        var response = await client.SendRequestAsync(
            new JsonRpcRequest { Method = RequestMethods.ToolsList, Params = parameters }, cancellationToken);
        return JsonSerializer.SerializeToElement(response.Result);
    }

    private string? Read(JsonElement page)
    {
        if (page.ValueKind is not JsonValueKind.Object || !page.TryGetProperty("tools", out var tools) || tools.ValueKind is not JsonValueKind.Array)
            throw Refuse("its answer to tools/list has no list of tools.");
        if ((_length += page.GetRawText().Length) > LongestList)
            throw Refuse($"its list of tools has more than {LongestList:N0} characters.");

        foreach (var tool in tools.EnumerateArray())
            Add(tool);
        if (!page.TryGetProperty("nextCursor", out var next) || next.ValueKind is JsonValueKind.Null)
            return null;
        return next.ValueKind is JsonValueKind.String ? next.GetString() : throw Refuse("its answer to tools/list has a cursor that is no text.");
    }

    private void Add(JsonElement tool)
    {
        try
        {
            _tools.Add(RemoteTool.Read(tool));
        }
        catch (ToolDefinitionException e)
        {
            _skipped.Add(new SkippedTool(RemoteTool.NameOf(tool), e.Message));
        }
    }

    private ToolException Refuse(string problem) => new($"The MCP server '{server}' cannot be used: {problem}");
}
