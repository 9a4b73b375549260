using System.Net;
using System.Text;
using System.Text.Json;

namespace ToolService.Api.Tests;

/// <summary>Requests and answers as JSON, asserted to have the status that the test expects.</summary>
internal static class JsonClient
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<JsonElement> GetJsonAsync(this HttpClient client, string path, HttpStatusCode expected = HttpStatusCode.OK) =>
        SendJsonAsync(client, new HttpRequestMessage(HttpMethod.Get, path), expected);

    public static Task<JsonElement> PostJsonAsync(this HttpClient client, string path, string body, HttpStatusCode expected = HttpStatusCode.OK) =>
        SendJsonAsync(client, new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") }, expected);

    /// <summary>Calls a tool.</summary>
    /// <param name="client">The client.</param>
    /// <param name="tool">The tool's name.</param>
    /// <param name="arguments">The arguments as JSON text.</param>
    /// <param name="expected">The status that is to come.</param>
    /// <param name="callId">The client's own call id.</param>
    public static Task<JsonElement> CallAsync(
        this HttpClient client, string tool, string arguments = "{}", HttpStatusCode expected = HttpStatusCode.OK, string? callId = null) =>
        PostJsonAsync(
            client, "/v1/tools/call",
            callId is null ? $$"""{"tool_name":"{{tool}}","arguments":{{arguments}}}""" : $$"""{"tool_name":"{{tool}}","arguments":{{arguments}},"call_id":"{{callId}}"}""",
            expected);

    public static string Text(this JsonElement json, string member) => json.GetProperty(member).GetString()!;

    private static async Task<JsonElement> SendJsonAsync(HttpClient client, HttpRequestMessage request, HttpStatusCode expected)
    {
        using var message = request;
        using var response = await client.SendAsync(message, Cancellation);
        var body = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.StatusCode == expected, $"Expected {(int)expected}, got {(int)response.StatusCode}: {body[..Math.Min(body.Length, 2000)]}");
        return body.Length == 0 ? default : JsonElement.Parse(body);
    }
}
