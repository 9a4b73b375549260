using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ToolService.Api.Tests.Chat;

/// <summary>An event as a client reads it.</summary>
internal sealed record WatchedEvent(int Id, string Type, JsonElement Data);

/// <summary>Reads a turn's events as the bytes come, as far as a test wants, and then leaves. Heartbeats are left out.</summary>
internal sealed class EventReader(HttpClient client, string? turnId)
{
    private readonly List<byte> _bytes = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The idempotency key of the turn that is started.</summary>
    public string? Key { get; init; }

    /// <summary>What follows the path of the events.</summary>
    public string Query { get; init; } = "";

    /// <summary>The events that came whole, as they were sent.</summary>
    public string Text => string.Concat(Blocks.Select(block => block + "\n\n"));

    /// <summary>The same, read.</summary>
    public List<WatchedEvent> Events => [.. Blocks.Select(Read)];

    /// <summary>The id of the last of them; null for none.</summary>
    public string? LastId => Events is [.., var last] ? last.Id.ToString(CultureInfo.InvariantCulture) : null;

    private IEnumerable<string> Blocks
    {
        get
        {
            var text = Encoding.UTF8.GetString([.. _bytes]);
            var whole = text.LastIndexOf("\n\n", StringComparison.Ordinal);
            return whole < 0 ? [] : text[..whole].Split("\n\n").Where(block => !block.StartsWith(':'));
        }
    }

    /// <summary>Starts a turn and reads its stream; the turn's id.</summary>
    public async Task<string> StartTurnAsync(string body, int bytes, string? until = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (Key is not null)
            request.Headers.Add("Idempotency-Key", Key);
        await ReadAsync(request, bytes, () => Events is [var first, ..] && (until is null || Events.Exists(item => item.Type == until)), until is not null);
        return Events[0].Data.Text("turn_id");
    }

    /// <summary>Reads the turn's events after one, up to so many bytes.</summary>
    public async Task ReadAsync(string? lastId, int bytes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/chat/turns/{turnId}/events{Query}");
        if (lastId is not null)
            request.Headers.Add("Last-Event-ID", lastId);
        await ReadAsync(request, bytes, () => true, stopsEarly: false);
    }

    // Reads until there are so many bytes and enough, or, where it stops early, as soon as there is enough.
    private async Task ReadAsync(HttpRequestMessage request, int bytes, Func<bool> isEnough, bool stopsEarly)
    {
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        response.EnsureSuccessStatusCode();
        await using var stream = await response.Content.ReadAsStreamAsync(Cancellation);
        var buffer = new byte[64];
        while (!(stopsEarly || _bytes.Count >= bytes) || !isEnough())
        {
            var read = await stream.ReadAsync(buffer, Cancellation);
            if (read == 0)
                return;
            _bytes.AddRange(buffer.AsSpan(0, read));
        }
    }

    private static WatchedEvent Read(string block)
    {
        var lines = block.Split('\n');
        Assert.Equal(3, lines.Length);
        return new WatchedEvent(
            int.Parse(lines[0]["id: ".Length..], CultureInfo.InvariantCulture), lines[1]["event: ".Length..], JsonElement.Parse(lines[2]["data: ".Length..]));
    }
}
