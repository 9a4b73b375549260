using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace ToolService.Api.Mcp;

/// <summary>Messages as JSON.</summary>
internal static class RpcJson
{
    public static readonly JsonTypeInfo<JsonRpcMessage> Message =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    private static readonly JsonTypeInfo<RequestId> Id =
        (JsonTypeInfo<RequestId>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(RequestId));

    private static readonly JsonTypeInfo<ClientCapabilities> Declared =
        (JsonTypeInfo<ClientCapabilities>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ClientCapabilities));

    /// <summary>The capabilities that the params of a handshake declare; null for none.</summary>
    public static ClientCapabilities? Capabilities(JsonNode? handshake) => handshake?["capabilities"]?.Deserialize(Declared);

    /// <summary>The id of the request that the params of a cancellation name; null where they name none.</summary>
    public static RequestId? CancelledRequest(JsonNode? cancellation)
    {
        try
        {
            return cancellation?["requestId"]?.Deserialize(Id);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static byte[] Serialize(JsonRpcMessage message) => JsonSerializer.SerializeToUtf8Bytes(message, Message);

    public static ReadOnlyMemory<byte> Error(RpcFailure failure)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc", "2.0");
            if (failure.Id is { } id)
            {
                writer.WritePropertyName("id");
                JsonSerializer.Serialize(writer, id, Id);
            }

            writer.WriteStartObject("error");
            writer.WriteNumber("code", failure.Code);
            writer.WriteString("message", failure.Message);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
