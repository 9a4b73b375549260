using ToolService.Durability.Scenarios;
using ToolService.Durability.Servers;

namespace ToolService.Durability.Verification;

/// <summary>Holds the service to its promises after a restart.</summary>
internal sealed class Verifier(HttpClient http, CountingServer tools, ScriptedModel model, Report report, string experiment)
{
    private readonly Stored _stored = new(http);

    /// <summary>Before anybody has sent anything again: turns settle by themselves, and the store answers for what was answered.</summary>
    public async Task AfterRestartAsync(TimeSpan patience, IReadOnlyCollection<Ack> acks)
    {
        if (await Settling.WaitAsync(_stored, patience, mayWait: true) is { } recovery)
            report.Recovered(recovery);
        else
            Violated(Promise.TurnsSettle, $"turns were at work {patience.TotalSeconds} s after the restart");
        await CheckAsync(acks);
    }

    /// <summary>When clients have sent everything again that was not answered: all is done, once.</summary>
    public async Task AfterRetriesAsync(TimeSpan patience, IReadOnlyList<Life> lives, Client client, bool mayBeDeleted)
    {
        if (await Settling.WaitAsync(_stored, patience, mayWait: false) is null)
            Violated(Promise.SessionsGoOn, "a session is busy after every turn was seen to its end");
        await new CallCheck(_stored, tools, report, experiment).RunAsync(lives);
        var sessions = await new TurnCheck(_stored, model, report, experiment).RunAsync(lives, mayBeDeleted);
        foreach (var session in sessions)
            await GoOnAsync(client, session);
        foreach (var duplicate in tools.TakeDuplicates())
            Violated(Promise.NoEffectTwice, duplicate);
        foreach (var fault in model.TakeInvalid())
            Violated(Promise.SessionsGoOn, $"the model was sent {fault}");
    }

    /// <summary>The store answers for what was answered.</summary>
    public async Task CheckAsync(IReadOnlyCollection<Ack> acks)
    {
        foreach (var ack in acks)
        {
            var (status, body) = await _stored.AskAsync(ack.Path);
            if (ack.Fault(status, body) is { } fault)
                Violated(Promise.NoAnswerLost, $"{ack.What}: {fault}");
        }

        report.Count("acknowledged results looked up", acks.Count);
    }

    private async Task GoOnAsync(Client client, string session)
    {
        var turn = await client.ChatAsync($"{Script.Plain} {session}", session: session);
        report.Count("sessions gone on with");
        if (turn.GetProperty("status").GetString() != "completed")
            Violated(Promise.SessionsGoOn, $"session {session} does not go on: {turn}");
    }

    private void Violated(Promise promise, string text) => report.Violated(promise, $"{experiment}: {text}");
}
