using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ToolService.Core.Tools.Secrets;

namespace ToolService.Core.Tools.Mcp.Transport;

/// <summary>Takes secrets out of what a server says: it was sent some, and may say them back in any place.</summary>
internal sealed class SecretFilter(SecretStore secrets)
{
    public JsonRpcMessage Clean(JsonRpcMessage message) => message switch
    {
        JsonRpcResponse response => new JsonRpcResponse { Id = response.Id, Result = Clean(response.Result), Context = response.Context },
        JsonRpcError error => new JsonRpcError { Id = error.Id, Error = Clean(error.Error), Context = error.Context },
        JsonRpcRequest request => new JsonRpcRequest
        {
            Id = request.Id,
            Method = request.Method,
            Params = Clean(request.Params),
            Context = request.Context,
        },
        JsonRpcNotification notification => new JsonRpcNotification
        {
            Method = notification.Method,
            Params = Clean(notification.Params),
            Context = notification.Context,
        },
        _ => message,
    };

    private JsonRpcErrorDetail Clean(JsonRpcErrorDetail error) => new()
    {
        Code = error.Code,
        Message = secrets.Redact(error.Message),
        Data = error.Data is JsonElement data ? secrets.Redact(data) : null,
    };

    private JsonNode? Clean(JsonNode? node) => node is null
        ? null
        : secrets.Redact(JsonSerializer.SerializeToElement(node, McpJsonUtilities.DefaultOptions)) switch
        {
            { ValueKind: JsonValueKind.Object } value => JsonObject.Create(value),
            { ValueKind: JsonValueKind.Array } value => JsonArray.Create(value),
            var value => JsonValue.Create(value),
        };
}
