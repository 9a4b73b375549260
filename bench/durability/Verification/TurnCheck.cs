using System.Text.Json;
using ToolService.Durability.Servers;

namespace ToolService.Durability.Verification;

/// <summary>Checks every turn that an interrupted process had begun: its end, its place in its session, and what the model was asked.</summary>
internal sealed class TurnCheck(Stored stored, ScriptedModel model, Report report, string experiment)
{
    private readonly HashSet<string> _messages = [];

    /// <summary>Checks, and answers the sessions that the turns belong to.</summary>
    public async Task<IReadOnlyCollection<string>> RunAsync(IReadOnlyList<Life> lives, bool mayBeDeleted)
    {
        HashSet<string> sessions = [];
        var ids = lives.SelectMany(life => life.Trace.Passed)
            .Where(passed => passed.Point == Points.After("begin_turn")).Select(passed => passed.Subject).Distinct();
        foreach (var id in ids)
        {
            if (await stored.FindTurnAsync(id) is { } turn)
                sessions.Add(await CheckAsync(id, turn, lives));
            else if (!mayBeDeleted)
                Violated(Promise.NoAnswerLost, $"turn {id} was begun and is gone");
        }

        return sessions;
    }

    private async Task<string> CheckAsync(string id, JsonElement turn, IReadOnlyList<Life> lives)
    {
        var session = turn.GetProperty("session_id").GetString()!;
        var status = turn.GetProperty("status").GetString()!;
        List<JsonElement> messages = [.. (await stored.MessagesAsync(session)).Where(message => Stored.IsOf(message, id))];
        var asked = messages[0].GetProperty("content").GetString()!;
        report.Count($"turns {status}");
        if (!_messages.Add(asked))
            Violated(Promise.NoEffectTwice, $"the request '{asked}' began two turns under one key");
        if (status != "completed" && !(status == "cancelled" && asked.StartsWith(Script.Hold, StringComparison.Ordinal)))
            Violated(Promise.TurnsSettle, $"turn {id} is {status}: {turn}");
        if (Fault(messages, status) is { } fault)
            Violated(Promise.SessionsGoOn, $"turn {id} has {fault}");
        CheckRequests(id, asked, lives);
        return session;
    }

    private static string? Fault(List<JsonElement> messages, string status)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            var role = Transcript.Role(messages[i]);
            if (role != (i == 0 ? "user" : i % 2 == 1 ? "assistant" : "tool"))
                return $"a message of {role} at place {i}";
            if (role == "tool" && !Ids(messages[i], "tool_results").SequenceEqual(Ids(messages[i - 1], "tool_calls")))
                return $"results at place {i} that are not those of the calls before";
        }

        return status == "completed" && Transcript.Role(messages[^1]) != "assistant" ? "no answer at its end" : null;
    }

    private static IEnumerable<string?> Ids(JsonElement message, string list) =>
        message.TryGetProperty(list, out var entries) ? entries.EnumerateArray().Select(entry => entry.GetProperty("call_id").GetString()) : [];

    private void CheckRequests(string id, string asked, IReadOnlyList<Life> lives)
    {
        var requests = model.RequestsOf(asked);
        var kept = 0;
        foreach (var life in lives)
        {
            foreach (var again in requests.Where(request => request.Life == life.Number && request.Round < kept))
                Violated(Promise.NoModelAskedAgain, $"turn {id} asked for round {again.Round} again, which was stored");
            kept += RoundsKept(life.Trace.BySubject[id]);
            if (life.Killed)
                report.Count("stored model answers found at a restart", kept);
        }

        report.Count("model requests", requests.Count);
    }

    /// <summary>The turn is saved after each model's answer, before anything else happens.</summary>
    private static int RoundsKept(IEnumerable<string> points)
    {
        var (kept, isAnswered) = (0, false);
        foreach (var point in points)
        {
            if (point == Points.After(Points.ModelRequest))
                isAnswered = true;
            else if (point == Points.After("save_turn") && isAnswered)
                (kept, isAnswered) = (kept + 1, false);
        }

        return kept;
    }

    private void Violated(Promise promise, string text) => report.Violated(promise, $"{experiment}: {text}");
}
