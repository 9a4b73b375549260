using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ToolService.Core;
using ToolService.Core.Execution;
using ToolService.Core.Tools;
using Tool = ToolService.Core.Tools.Tool;

namespace ToolService.Api.Mcp;

/// <summary>What became of a call, as its client and the client's model read it.</summary>
internal static class CallResults
{
    /// <summary>The result of <c>tools/call</c>.</summary>
    /// <param name="result">What became of the call.</param>
    /// <param name="text">What a model reads of it, bounded.</param>
    /// <param name="tool">The tool; null where there is none.</param>
    /// <exception cref="McpProtocolException">The call itself is wrong: there is no such tool, or its id was another call's.</exception>
    public static CallToolResult Of(ToolResult result, string text, Tool? tool)
    {
        var call = result.Call;
        if (call.Error is { Code: ToolErrorCode.UnknownTool or ToolErrorCode.CallIdConflict } wrong)
            throw new McpProtocolException(wrong.Message, McpErrorCode.InvalidParams);
        if (result.IsPending)
            return Told(result, Waiting(result));
        if (call.Error is { } error)
            return Told(result, error.Message);

        var content = call.Result is { } json ? ToolContent.TryRead(json) : null;
        return new CallToolResult
        {
            Content = ResultContent.Of(content, text),
            StructuredContent = content is null ? StructuredOf(call.Result, text, tool) : StructuredOf(content),
            Meta = MetaOf(result),
        };
    }

    /// <summary>
    /// Nothing that a model may take for the tool's result. A call that waits is no failure, but a client that was promised a structure
    /// accepts nothing else without one.
    /// </summary>
    private static CallToolResult Told(ToolResult result, string text) =>
        new() { IsError = true, Content = [new TextContentBlock { Text = text }], Meta = MetaOf(result) };

    private static string Waiting(ToolResult result)
    {
        var id = result.Call.ConfirmationId;
        var until = result.Confirmation is { } confirmation ? $" until {confirmation.ExpiresAt:u}" : "";
        return $"'{result.Call.ToolName}' has not run: a person must approve this call first{until}. Do not call it again. "
            + $"Approve or deny: POST /v1/confirmations/{id} with {{\"decision\":\"approve\"}} or {{\"decision\":\"deny\"}}; "
            + "an approval runs it. "
            + $"Its outcome is then at GET /v1/tools/history/{result.Call.CallId}.";
    }

    /// <summary>
    /// Only objects: clients up to 2025-11-25 accept nothing else. One that is cut for the model is left out unless it was promised.
    /// </summary>
    private static JsonElement? StructuredOf(string? json, string text, Tool? tool)
    {
        var isPromised = tool is not null && ToolListing.OutputSchemaOf(tool) is not null;
        return json is not null && json.StartsWith('{') && (isPromised || text.Length >= json.Length) ? JsonElement.Parse(json) : null;
    }

    private static JsonElement? StructuredOf(ToolContent content) =>
        content.Structured is { ValueKind: JsonValueKind.Object } structured ? structured : null;

    private static JsonObject MetaOf(ToolResult result)
    {
        var meta = new JsonObject
        {
            [MetaNames.CallId] = result.Call.CallId,
            [MetaNames.Status] = SnakeCaseNames<CallStatus>.Of(result.Call.Status),
        };
        if (result.Call.Error is { } error)
            meta[MetaNames.Error] = SnakeCaseNames<ToolErrorCode>.Of(error.Code);
        if (result.IsPending)
            meta[MetaNames.ConfirmationId] = result.Call.ConfirmationId;
        return meta;
    }
}
