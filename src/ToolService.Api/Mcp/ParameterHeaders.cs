using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ToolService.Core.Tools;
using Tool = ToolService.Core.Tools.Tool;

namespace ToolService.Api.Mcp;

/// <summary>The headers that repeat arguments which a tool's schema marks with <c>x-mcp-header</c>.</summary>
internal sealed class ParameterHeaders(ToolRegistry registry)
{
    private const string Prefix = "Mcp-Param-";
    private const string Mark = "x-mcp-header";

    /// <summary>Why a call's headers do not fit its arguments; null where they do.</summary>
    public RpcFailure? Check(JsonRpcRequest message, IHeaderDictionary headers)
    {
        if (message.Method != RequestMethods.ToolsCall
            || message.Params?["name"] is not JsonValue name || !name.TryGetValue<string>(out var toolName)
            || registry.Current.Find(toolName) is not { } tool
            || message.Params["arguments"] is not JsonObject arguments)
            return null;

        foreach (var (parameter, header) in Marked(tool))
            if (TextOf(arguments[parameter]) is { } text
                && StandardHeaders.Compare(Prefix + header, headers[Prefix + header], text, message.Id) is { } mismatch)
                return mismatch;

        return null;
    }

    private static IEnumerable<(string Parameter, string Header)> Marked(Tool tool)
    {
        if (!tool.InputSchema.TryGetProperty("properties", out var properties) || properties.ValueKind is not JsonValueKind.Object)
            yield break;

        foreach (var property in properties.EnumerateObject())
            if (property.Value.ValueKind is JsonValueKind.Object
                && property.Value.TryGetProperty(Mark, out var header) && header.ValueKind is JsonValueKind.String)
                yield return (property.Name, header.GetString()!);
    }

    private static string? TextOf(JsonNode? argument) => argument?.GetValueKind() switch
    {
        JsonValueKind.String => argument.GetValue<string>(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => argument.ToJsonString(),
        _ => null,
    };
}
