using System.Text.Json;
using ToolService.Durability.Servers;

namespace ToolService.Durability.Scenarios;

/// <summary>
/// What clients do. Each can be done again with the same marker after it broke off, as a client does that retries: calls have ids of the
/// client's own, turns have keys, and a decision that was made stands.
/// </summary>
internal static class Scenario
{
    private static readonly Dictionary<string, Func<Client, string, Task>> Known = new()
    {
        ["calls"] = CallsAsync,
        ["batch"] = (client, marker) => client.BatchAsync(
            (ToolKinds.Unsafe, marker + "-0"), (ToolKinds.Idempotent, marker + "-1"), (ToolKinds.ReadOnly, marker + "-2"), (ToolKinds.Unsafe, marker + "-3")),
        ["decisions"] = DecisionsAsync,
        ["turn"] = (client, marker) => client.ChatAsync($"{Script.Mixed} {marker}", marker),
        ["stream"] = (client, marker) => client.StreamAsync($"{Script.Mixed} {marker}", marker),
        ["slow stream"] = SlowStreamAsync,
        ["confirmed turn"] = ConfirmedTurnAsync,
        ["cancelled turn"] = CancelledTurnAsync,
        ["conversation"] = ConversationAsync,
        ["background turn"] = (client, marker) => client.BackgroundAsync($"{Script.Mixed} {marker}", marker),
        ["brought session"] = BroughtSessionAsync,
        ["deleted session"] = DeletedSessionAsync,
    };

    public static IReadOnlyList<string> Names { get; } = [.. Known.Keys];

    public static Task RunAsync(string name, Client client, string marker) => Known[name](client, marker);

    private static async Task CallsAsync(Client client, string marker)
    {
        await client.CallAsync(ToolKinds.Unsafe, marker + "-0");
        await client.CallAsync(ToolKinds.Idempotent, marker + "-1");
        await client.CallAsync(ToolKinds.ReadOnly, marker + "-2");
    }

    private static async Task DecisionsAsync(Client client, string marker)
    {
        foreach (var approve in new[] { true, false })
        {
            var answer = await client.CallAsync(ToolKinds.Confirmed, approve ? marker + "-1" : marker + "-2");
            if (answer.TryGetProperty("confirmation", out var confirmation) && confirmation.GetProperty("status").GetString() == "pending")
                await DecideAsync(client, confirmation);
        }
    }

    /// <summary>The model pauses in its answers until the client has seen their beginning.</summary>
    private static async Task SlowStreamAsync(Client client, string marker) => await client.StreamAsync($"{Script.Slow} {marker}", marker, received =>
    {
        if (received.Type == "content")
            client.Model.LetGoOn(marker);
    });

    private static async Task ConfirmedTurnAsync(Client client, string marker)
    {
        JsonElement turn;
        do
        {
            turn = await client.StreamAsync($"{Script.Confirm} {marker}", marker);
            foreach (var confirmation in turn.GetProperty("pending_confirmations").EnumerateArray())
                await DecideAsync(client, confirmation);
        }
        while (turn.GetProperty("status").GetString() == "awaiting_confirmation");
    }

    /// <summary>Of two calls that need approval, the first is approved and the second denied.</summary>
    private static Task DecideAsync(Client client, JsonElement confirmation)
    {
        var item = confirmation.GetProperty("arguments").GetProperty("item").GetString()!;
        return client.DecideAsync(confirmation.GetProperty("id").GetString()!, approve: item.EndsWith('1'));
    }

    private static async Task CancelledTurnAsync(Client client, string marker)
    {
        var started = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var stream = client.StreamAsync($"{Script.Hold} {marker}", marker, received =>
        {
            if (received.Type == "turn_started")
                started.TrySetResult(received.Json.GetProperty("turn_id").GetString()!);
        });
        await Task.WhenAny(stream, Task.WhenAll(started.Task, client.Tools.HeldAsync($"{marker}.0.0")));
        if (!stream.IsCompleted)
            await client.CancelAsync(await started.Task);
        await stream;
    }

    private static async Task ConversationAsync(Client client, string marker)
    {
        var first = await client.ChatAsync($"{Script.Plain} {marker}", marker);
        await client.ChatAsync($"{Script.Single} {marker}-2", marker + "-2", first.GetProperty("session_id").GetString());
    }

    /// <summary>Retried, it leaves more sessions, none of them less than whole.</summary>
    private static async Task BroughtSessionAsync(Client client, string marker) => await client.ForkAsync(await client.BringAsync());

    private static async Task DeletedSessionAsync(Client client, string marker)
    {
        var turn = await client.ChatAsync($"{Script.Plain} {marker}", marker);
        await client.DeleteAsync(turn.GetProperty("session_id").GetString()!);
    }
}
