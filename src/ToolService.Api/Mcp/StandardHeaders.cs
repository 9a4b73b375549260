using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using ModelContextProtocol.Protocol;

namespace ToolService.Api.Mcp;

/// <summary>The headers that repeat what the body says, from 2026-07-28 on: what a proxy went by must be what runs.</summary>
internal static class StandardHeaders
{
    public const string ProtocolVersion = "MCP-Protocol-Version";

    private const string Method = "Mcp-Method";
    private const string Name = "Mcp-Name";
    private const string EncodedStart = "=?base64?";
    private const string EncodedEnd = "?=";

    /// <summary>Whether the client takes both forms of an answer.</summary>
    public static bool AcceptsAnswers(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
        && Accepts(accepted, "application/json") && Accepts(accepted, "text/event-stream");

    /// <summary>The version that a request says of itself; null for none.</summary>
    public static string? VersionInBody(JsonRpcRequest request) =>
        request.Params?["_meta"] is JsonObject meta
        && meta["io.modelcontextprotocol/protocolVersion"] is JsonValue value && value.TryGetValue<string>(out var version)
            ? version
            : null;

    /// <summary>Why the headers do not fit the body; null where they do.</summary>
    public static RpcFailure? Check(JsonRpcRequest message, IHeaderDictionary headers)
    {
        if (headers[ProtocolVersion] is { Count: 0 })
            return RpcFailure.HeaderMismatch($"The header {ProtocolVersion} is missing.", message.Id);

        return Compare(Method, headers[Method], message.Method, message.Id)
            ?? (NameIn(message) is { } name ? Compare(Name, headers[Name], name, message.Id) : null);
    }

    /// <summary>
    /// The value of a header: literal, or encoded where it could not be sent as it is; null where its encoding is broken.
    /// </summary>
    public static string? Decode(string value)
    {
        if (!value.StartsWith(EncodedStart, StringComparison.Ordinal) || !value.EndsWith(EncodedEnd, StringComparison.Ordinal)
            || value.Length < EncodedStart.Length + EncodedEnd.Length)
            return value;

        var encoded = value.AsSpan()[EncodedStart.Length..^EncodedEnd.Length];
        return encoded.Length % 4 == 0 && Base64.IsValid(encoded)
            ? Encoding.UTF8.GetString(Convert.FromBase64String(encoded.ToString()))
            : null;
    }

    /// <summary>Why a header does not say what the body says; null where it does.</summary>
    public static RpcFailure? Compare(string header, StringValues values, string expected, RequestId id) => values switch
    {
        [] => RpcFailure.HeaderMismatch($"The header {header} is missing; the body says '{Shorten(expected)}'.", id),
        [var value] when Decode(value!.Trim(' ', '\t')) == expected => null,
        _ => RpcFailure.HeaderMismatch($"The header {header} does not say what the body says: '{Shorten(expected)}'.", id),
    };

    private static string? NameIn(JsonRpcRequest message) => message.Method switch
    {
        RequestMethods.ToolsCall or RequestMethods.PromptsGet => Text(message.Params?["name"]),
        RequestMethods.ResourcesRead => Text(message.Params?["uri"]),
        _ => null,
    };

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static bool Accepts(IList<MediaTypeHeaderValue> accepted, string type) =>
        accepted.Any(range => new MediaTypeHeaderValue(type).IsSubsetOf(range) && range.Quality is not 0);

    private static string Shorten(string text) => text.Length <= 100 ? text : $"{text[..100]}…";
}
