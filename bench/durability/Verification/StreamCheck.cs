using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using ToolService.Durability.Scenarios;

namespace ToolService.Durability.Verification;

/// <summary>
/// Checks turns' events: whoever lost a stream comes back at once, with the last event that it has, and reads on. In the end all have read the same.
/// </summary>
internal sealed class StreamCheck
{
    private readonly HttpClient _http;
    private readonly Report _report;
    private readonly string _experiment;
    private readonly List<(StreamAccount Stream, Task<IReadOnlyList<StreamEvent>> Following)> _resumed;

    /// <param name="http">The service, that has just been restarted.</param>
    /// <param name="report">Takes what is found.</param>
    /// <param name="experiment">What was done to the service.</param>
    /// <param name="broken">The streams that broke.</param>
    public StreamCheck(HttpClient http, Report report, string experiment, IReadOnlyList<StreamAccount> broken)
    {
        (_http, _report, _experiment) = (http, report, experiment);
        _resumed = [.. broken.Select(stream => (stream, ReadAsync(stream.TurnId!, stream.Events[^1].Id)))];
    }

    /// <summary>When all turns have ended.</summary>
    /// <param name="streams">Every stream, those included that were read after the restart.</param>
    /// <param name="patience">How long the rest of a stream may take.</param>
    public async Task RunAsync(IReadOnlyList<StreamAccount> streams, TimeSpan patience)
    {
        foreach (var turn in streams.GroupBy(stream => stream.TurnId!))
        {
            var log = await ReadAsync(turn.Key, "0").WaitAsync(patience);
            CheckLog(turn.Key, log);
            foreach (var stream in turn)
                Check(turn.Key, "what was streamed", log.Take(stream.Events.Count), stream.Events);
            foreach (var (stream, following) in _resumed.Where(resumed => resumed.Stream.TurnId == turn.Key))
                Check(turn.Key, $"what came after {stream.Events[^1].Id}", log.Skip(stream.Events.Count), await following.WaitAsync(patience));
            await CheckTextAsync(turn.Key, log);
        }

        _report.Count("streams that broke, gone on with from their last event", _resumed.Count);
        _report.Count("stream events received and found again", streams.Sum(stream => stream.Events.Count));
    }

    private void Check(string turn, string what, IEnumerable<StreamEvent> expected, IEnumerable<StreamEvent> actual)
    {
        if (!expected.SequenceEqual(actual))
            Violated(turn, $"{what} is not what the log has: {string.Join("; ", actual)} instead of {string.Join("; ", expected)}");
    }

    private void CheckLog(string turn, IReadOnlyList<StreamEvent> log)
    {
        if (!log.Select(found => found.Id).SequenceEqual(Enumerable.Range(1, log.Count).Select(id => id.ToString(CultureInfo.InvariantCulture))))
            Violated(turn, $"events {string.Join(", ", log.Select(found => found.Id))}");
        if (log is not [{ Type: "turn_started" }, .., { Type: "done" }] || log.Count(found => found.Type == "turn_started") > 1)
            Violated(turn, $"a log of {string.Join(", ", log.Select(found => found.Type))}");
        var results = log.Where(found => found.Type == "tool_result").Select(found => CallIdOf(found.Json.GetProperty("result"))).ToList();
        var calls = log.Where(found => found.Type == "tool_calls").SelectMany(found => found.Json.GetProperty("calls").EnumerateArray()).Select(CallIdOf);
        if (!results.Order(StringComparer.Ordinal).SequenceEqual(calls.Order(StringComparer.Ordinal)))
            Violated(turn, $"results of {string.Join(", ", results)} for calls {string.Join(", ", calls)}");
    }

    /// <summary>What is left of the text when notices have taken back what they take back is what the model has said.</summary>
    private async Task CheckTextAsync(string turn, IReadOnlyList<StreamEvent> log)
    {
        List<(int Id, string Text)> pieces = [];
        foreach (var found in log)
        {
            if (found.Type == "content")
                pieces.Add((int.Parse(found.Id, CultureInfo.InvariantCulture), found.Json.GetProperty("content").GetString()!));
            else if (found.Type == "notice" && found.Json.TryGetProperty("void_after", out var after))
                _report.Count("stream texts taken back", pieces.RemoveAll(piece => piece.Id > after.GetInt32()));
        }

        var stored = new Stored(_http);
        if (await stored.FindTurnAsync(turn) is not { } report)
            return;

        var said = new StringBuilder();
        foreach (var message in await stored.MessagesAsync(report.GetProperty("session_id").GetString()!))
            if (Stored.IsOf(message, turn) && message.GetProperty("role").GetString() == "assistant")
                said.Append(message.TryGetProperty("content", out var content) ? content.GetString() : "");
        if (string.Concat(pieces.Select(piece => piece.Text)) is var shown && shown != said.ToString())
            Violated(turn, $"a text of '{shown}' where the model said '{said}'");
    }

    private async Task<IReadOnlyList<StreamEvent>> ReadAsync(string turn, string after)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/chat/turns/{turn}/events");
        request.Headers.Add("Last-Event-ID", after);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (response.StatusCode is HttpStatusCode.NoContent)
            return [];
        if (!response.IsSuccessStatusCode)
        {
            Violated(turn, $"{(int)response.StatusCode} after {after}: {await response.Content.ReadAsStringAsync()}");
            return [];
        }

        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        List<StreamEvent> events = [];
        await foreach (var found in EventReader.ReadAsync(lines))
            events.Add(found);
        return events;
    }

    private static string CallIdOf(JsonElement call) => call.GetProperty("call_id").GetString()!;

    private void Violated(string turn, string what) => _report.Violated(Promise.EventsGoOn, $"{_experiment}: turn {turn} has {what}");
}
