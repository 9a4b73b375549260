using System.Net;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ToolService.Api.Tests.Mcp;

/// <summary>Messages of the protocol as they are on the wire.</summary>
internal static class McpMessages
{
    public const string Latest = "2025-11-25";
    public const string Modern = "2026-07-28";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A POST of one message, with the headers that every client sends.</summary>
    public static HttpRequestMessage Post(string body, params (string Name, string Value)[] headers)
    {
        HttpRequestMessage request = new(HttpMethod.Post, "/mcp") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    /// <summary>A request that describes itself, as from 2026-07-28 on.</summary>
    public static HttpRequestMessage ModernPost(string method, JsonObject parameters, JsonObject? capabilities = null)
    {
        parameters["_meta"] = new JsonObject
        {
            ["io.modelcontextprotocol/protocolVersion"] = Modern,
            ["io.modelcontextprotocol/clientCapabilities"] = capabilities ?? [],
        };
        var body = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = method, ["params"] = parameters };
        List<(string, string)> headers = [("MCP-Protocol-Version", Modern), ("Mcp-Method", method)];
        if (parameters["name"] is { } name)
            headers.Add(("Mcp-Name", name.GetValue<string>()));
        return Post(body.ToJsonString(), [.. headers]);
    }

    /// <summary>A call of a tool in a session.</summary>
    public static HttpRequestMessage Call(string tool, string arguments = "{}", string? session = null, string meta = "{}", int id = 1) => Post(
        $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}},"_meta":{{{meta}}} } }""",
        session is null ? [] : [("Mcp-Session-Id", session)]);

    /// <summary>The session of a client that has shaken hands.</summary>
    public static async Task<string> InitializeAsync(this HttpClient client, string capabilities = "{}", string version = Latest)
    {
        using var request = Post(
            $$$"""
            {"jsonrpc":"2.0","id":0,"method":"initialize","params":{
              "protocolVersion":"{{{version}}}","capabilities":{{{capabilities}}},"clientInfo":{"name":"test","version":"1"} } }
            """);
        using var response = await client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return Assert.Single(response.Headers.GetValues("Mcp-Session-Id"));
    }

    /// <summary>Sends a message and reads the answer, a document or the last event of a stream.</summary>
    public static async Task<JsonElement> AnswerAsync(this HttpClient client, HttpRequestMessage message, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var request = message;
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        var body = response.Content.Headers.ContentType?.MediaType == "text/event-stream"
            ? (await MessagesOf(response).ToListAsync(Cancellation))[^1].GetRawText()
            : await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.StatusCode == expected, $"Expected {(int)expected}, got {(int)response.StatusCode}: {body}");
        return body.Length == 0 ? default : JsonElement.Parse(body);
    }

    /// <summary>The messages of a stream, as they come.</summary>
    public static async IAsyncEnumerable<JsonElement> MessagesOf(HttpResponseMessage response)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(Cancellation);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(Cancellation))
            if (item.Data.Length > 0)
                yield return JsonElement.Parse(item.Data);
    }

    /// <summary>The text of a call's result.</summary>
    public static string ResultText(this JsonElement answer) => answer.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString()!;

    /// <summary>Whether a call's result says that it failed.</summary>
    public static bool IsError(this JsonElement answer) =>
        answer.GetProperty("result").TryGetProperty("isError", out var isError) && isError.GetBoolean();

    /// <summary>What the service says of a call beside its result.</summary>
    public static string Meta(this JsonElement answer, string name) =>
        answer.GetProperty("result").GetProperty("_meta").GetProperty($"toolservice/{name}").GetString()!;

    public static int ErrorCode(this JsonElement answer) => answer.GetProperty("error").GetProperty("code").GetInt32();
}
