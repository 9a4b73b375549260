using System.Net;
using System.Text.Json;

namespace ToolService.Durability.Verification;

/// <summary>Reads what the service has.</summary>
internal sealed class Stored(HttpClient http)
{
    /// <summary>Whether a turn has added the message; one that was brought along has none.</summary>
    public static bool IsOf(JsonElement message, string turn) =>
        message.TryGetProperty("turn_id", out var adder) && adder.GetString() == turn;

    public async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(string path)
    {
        using var response = await http.GetAsync(path);
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>The answer; null where there is no such thing.</summary>
    public async Task<JsonElement?> FindAsync(string path) =>
        await AskAsync(path) is { Status: HttpStatusCode.OK, Body: var body } ? body : null;

    public Task<JsonElement?> FindTurnAsync(string id) => FindAsync($"/v1/chat/turns/{id}");

    public Task<JsonElement?> FindCallAsync(string id) => FindAsync($"/v1/tools/history/{id}");

    /// <summary>A session's messages; none where there is no such session.</summary>
    public async Task<IReadOnlyList<JsonElement>> MessagesAsync(string session) =>
        await FindAsync($"/v1/chat/sessions/{session}/messages?limit=1000") is { } messages ? [.. messages.EnumerateArray()] : [];

    /// <summary>The sessions that were used last.</summary>
    public async Task<IReadOnlyList<JsonElement>> SessionsAsync() =>
        [.. (await AskAsync("/v1/chat/sessions?limit=200")).Body.EnumerateArray()];
}
