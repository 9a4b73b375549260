using System.Text.Json;
using ToolService.Durability.Servers;

namespace ToolService.Durability.Verification;

/// <summary>Checks what became of every call that an interrupted process had anything to do with.</summary>
internal sealed class CallCheck(Stored stored, CountingServer tools, Report report, string experiment)
{
    private static readonly string[] Concerned = ["add_call", "update_call", "decide", Points.ToolCall];

    public async Task RunAsync(IReadOnlyList<Life> lives)
    {
        var ids = lives.SelectMany(life => life.Trace.Passed)
            .Where(passed => Concerned.Contains(passed.Point.Split('.')[0])).Select(passed => passed.Subject).Distinct();
        foreach (var id in ids)
        {
            if (await stored.FindCallAsync(id) is not { } call)
                Violated(Promise.NoAnswerLost, $"call {id} is not in the history");
            else
                Check(id, call, lives);
        }
    }

    private void Check(string id, JsonElement call, IReadOnlyList<Life> lives)
    {
        var kind = call.GetProperty("tool_name").GetString()!;
        var status = call.GetProperty("status").GetString()!;
        var runs = tools.RunsOf(id);
        List<CallPast> pasts = [.. lives.Select(life => new CallPast(life, id, kind))];
        report.Count($"{kind} calls");
        if (ToolKinds.RunsOnce(kind) && runs > 1)
            Violated(Promise.NoEffectTwice, $"{kind} call {id} ran {runs} times");
        if (status == "succeeded" ? runs == 0 : runs > 1)
            Violated(Promise.CallsSettleRightly, $"{kind} call {id} is {status} and ran {runs} times");
        if (pasts.FindIndex(past => past.HasOutcome) is >= 0 and var ended && pasts.Skip(ended + 1).Any(past => past.Ran))
            Violated(Promise.CallsSettleRightly, $"{kind} call {id} had ended and ran again");

        if (kind is ToolKinds.Idempotent or ToolKinds.ReadOnly)
            CheckHarmless(id, kind, status, pasts);
        else
            CheckUnsafe(id, kind, call, status, pasts);
    }

    private void CheckHarmless(string id, string kind, string status, List<CallPast> pasts)
    {
        if (status != "succeeded")
            Violated(Promise.CallsSettleRightly, $"{kind} call {id} is {status}");
        var left = pasts.FindIndex(past => kind == ToolKinds.ReadOnly ? past.LeftRunning : past.LeftStarted);
        if (left < 0)
            return;

        report.Count($"{kind} calls found interrupted, run again under the same id");
        if (!pasts.Skip(left + 1).Any(past => past.Ran))
            Violated(Promise.CallsSettleRightly, $"{kind} call {id} was interrupted and did not run again");
    }

    private void CheckUnsafe(string id, string kind, JsonElement call, string status, List<CallPast> pasts)
    {
        var left = pasts.FindIndex(past => past.LeftStarted);
        string[] expected = IsDenied(kind, call) ? ["rejected"]
            : left >= 0 ? ["outcome_unknown"]
            : kind == ToolKinds.Held ? ["succeeded", "cancelled", "outcome_unknown"]
            // Interrupted between the write and its note: the store alone knows.
            : pasts.Exists(past => past.MayHaveIntent) ? ["succeeded", "outcome_unknown"]
            : ["succeeded"];
        if (!expected.Contains(status))
            Violated(Promise.CallsSettleRightly, $"{kind} call {id} is {status}, not {string.Join(" or ", expected)}");
        if (pasts.FindIndex(past => past.HasOutcome) is >= 0 && status == "outcome_unknown")
            Violated(Promise.NoAnswerLost, $"{kind} call {id} had ended, and its outcome is unknown");
        if (status == "outcome_unknown" && !pasts.Exists(past => past.MayHaveIntent))
            Violated(Promise.CallsSettleRightly, $"{kind} call {id} has an unknown outcome and had not started");
        if (left < 0 || IsDenied(kind, call))
            return;

        report.Count($"{kind} calls found started, now outcome_unknown");
        if (pasts.Skip(left + 1).Any(past => past.Ran))
            Violated(Promise.NoEffectTwice, $"{kind} call {id} was interrupted and started again");
    }

    private static bool IsDenied(string kind, JsonElement call) =>
        kind == ToolKinds.Confirmed && call.GetProperty("arguments").GetProperty("item").GetString()!.EndsWith('2');

    private void Violated(Promise promise, string text) => report.Violated(promise, $"{experiment}: {text}");
}
