using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using ModelContextProtocol.Protocol;
using ToolService.Api.Hosting.Json;

namespace ToolService.Api.Mcp;

/// <summary>The one message of a POST.</summary>
/// <param name="Message">The message; null where it is refused.</param>
/// <param name="Failure">Why it is refused.</param>
internal readonly record struct PostedMessage(JsonRpcMessage? Message, RpcFailure? Failure)
{
    private const int MaxIdCharacters = 1_000;
    private const string NotUnicode = "The body is not valid Unicode: it has bytes that are not UTF-8, or half a surrogate pair.";

    // Two members of a name would let what is checked differ from what runs.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>Reads a body, strictly: one JSON-RPC message, no member twice.</summary>
    public static async Task<PostedMessage> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        JsonDocument document;
        try
        {
            document = await JsonDocument.ParseAsync(body, Strict, cancellationToken);
        }
        catch (JsonException e)
        {
            return Refused(RpcFailure.Malformed($"The body is not one JSON document without duplicate members: {e.Message}"));
        }
        catch (InvalidOperationException)
        {
            // What the framework throws where a member's name has half a surrogate pair.
            return Refused(RpcFailure.Malformed(NotUnicode));
        }

        using (document)
            return IsUnicode(document.RootElement) ? Read(document.RootElement) : Refused(RpcFailure.Malformed(NotUnicode));
    }

    private static bool IsUnicode(JsonElement root) => Utf8.IsValid(JsonMarshal.GetRawUtf8Value(root)) && root.IsText();

    private static PostedMessage Read(JsonElement root)
    {
        if (root.ValueKind is JsonValueKind.Array)
            return Refused(RpcFailure.Invalid("Batches are not part of this protocol: send each message in a request of its own."));
        if (root.ValueKind is not JsonValueKind.Object
            || !root.TryGetProperty("jsonrpc", out var version)
            || version.ValueKind is not JsonValueKind.String || !version.ValueEquals("2.0"))
            return Refused(RpcFailure.Invalid("A message is a JSON object with \"jsonrpc\": \"2.0\"."));
        if (root.TryGetProperty("id", out var id) && !IsId(id))
            return Refused(RpcFailure.Invalid($"An id is a string of at most {MaxIdCharacters} characters or a whole number of 64 bits."));
        if (root.TryGetProperty("method", out var method) && method.ValueKind is not JsonValueKind.String)
            return Refused(RpcFailure.Invalid("A method is a string.", IdOf(id)));
        if (root.TryGetProperty("params", out var parameters) && parameters.ValueKind is not JsonValueKind.Object)
            return Refused(RpcFailure.Invalid("The params of a message are an object.", IdOf(id)));

        try
        {
            return root.Deserialize(RpcJson.Message) is { } message
                ? new PostedMessage(message, null)
                : Refused(RpcFailure.Invalid("The body is no message."));
        }
        catch (JsonException)
        {
            return Refused(RpcFailure.Invalid("The body is no request, notification or response of JSON-RPC 2.0.", IdOf(id)));
        }
    }

    private static bool IsId(JsonElement id) => id.ValueKind switch
    {
        JsonValueKind.String => id.GetString()!.Length <= MaxIdCharacters,
        JsonValueKind.Number => id.TryGetInt64(out _),
        _ => false,
    };

    private static RequestId? IdOf(JsonElement id) => id.ValueKind switch
    {
        JsonValueKind.String => new RequestId(id.GetString()!),
        JsonValueKind.Number => new RequestId(id.GetInt64()),
        _ => null,
    };

    private static PostedMessage Refused(RpcFailure failure) => new(null, failure);
}
